namespace ClosureScan.Benchmarks.Graphs;

/// <summary>What must hold of an answer before its time counts.</summary>
internal static class Laws
{
    internal static void Require(bool law, string name)
    {
        if (!law)
        {
            throw new InvalidOperationException($"Broken law: {name}.");
        }
    }
}
