using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Hostile.Fuzzing;

/// <summary>One kind of text or bytes that comes from outside, and the calls that read it.</summary>
/// <param name="Name">What the tests and the kept cases call it.</param>
/// <param name="Seeds">Whole inputs, which are mutated.</param>
/// <param name="Calls">Lays an input where the calls look for it, and gives them.</param>
internal sealed record OutsideReader(string Name, IReadOnlyList<byte[]> Seeds, Func<byte[], string[][]> Calls)
{
    /// <summary>A reader of one file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="file">The file, below the tree.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="seeds">Whole inputs.</param>
    /// <param name="calls">The calls.</param>
    public static OutsideReader OfFile(string name, string file, TemporaryTree tree, byte[][] seeds, params string[][] calls) => new(name, seeds, input =>
    {
        tree.File(file, input);
        return calls;
    });
}
