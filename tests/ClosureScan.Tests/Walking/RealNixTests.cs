using ClosureScan.Paths;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Tests.Walking;

/// <summary>Dumps and hashes against those of a real Nix.</summary>
public sealed class RealNixTests
{
    [Fact]
    public void Dump_and_hash_of_a_tree_equal_those_of_nix()
    {
        string nixStore = RequiredTool.Find("nix-store"), nixHash = RequiredTool.Find("nix-hash");
        using TemporaryTree tree = SampleTrees.Everything();
        using MemoryStream dump = new();
        long size = NarDump.Write(tree.Root, dump, TestContext.Current.CancellationToken);
        ReadOnlyMemory<byte> expected = ToolRun.Execute(nixStore, ["--dump", tree.Root]).Output;
        Assert.True(expected.Span.SequenceEqual(dump.ToArray()));
        Assert.Equal(expected.Length, size);

        WalkResult walk = DirectoryWalk.Run(
            tree.Root, new WalkLog(), new WalkOptions { ComputeNarHash = true }, TestContext.Current.CancellationToken);
        string hash = ToolRun.Execute(nixHash, ["--type", "sha256", "--base32", tree.Root]).Text.Trim();
        Assert.True(NarHash.TryParse(hash, out NarHash expectedHash));
        Assert.Equal(expectedHash, walk.NarHash);
        Assert.Equal(expected.Length, walk.NarSize);
    }
}
