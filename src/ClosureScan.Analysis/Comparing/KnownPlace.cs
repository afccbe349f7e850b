using ClosureScan.Analysis.Baselines;

namespace ClosureScan.Analysis.Comparing;

/// <summary>An entry of what was there, and how much of it no occurrence has been found for yet.</summary>
internal sealed class KnownPlace(BaselineEntry entry)
{
    public BaselineEntry Entry { get; } = entry;

    public long Left { get; private set; } = entry.Count;

    public bool Take()
    {
        if (Left == 0)
        {
            return false;
        }

        Left--;
        return true;
    }
}
