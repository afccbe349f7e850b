using System.Text;
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
        SkipWithout("nix-store", "nix-hash");
        using TemporaryTree tree = SampleTrees.Everything();
        using MemoryStream dump = new();
        long size = NarDump.Write(tree.Root, dump, TestContext.Current.CancellationToken);
        byte[] expected = ExternalTool.Run("nix-store", "--dump", tree.Root);
        Assert.True(expected.AsSpan().SequenceEqual(dump.ToArray()));
        Assert.Equal(expected.Length, size);

        WalkResult walk = DirectoryWalk.Run(
            tree.Root, new WalkLog(), new WalkOptions { ComputeNarHash = true }, TestContext.Current.CancellationToken);
        string hash = Encoding.ASCII.GetString(ExternalTool.Run("nix-hash", "--type", "sha256", "--base32", tree.Root)).Trim();
        Assert.True(NarHash.TryParse(hash, out NarHash nixHash));
        Assert.Equal(nixHash, walk.NarHash);
        Assert.Equal(expected.Length, walk.NarSize);
    }

    private static void SkipWithout(params string[] programs)
    {
        foreach (string program in programs)
        {
            if (ExternalTool.WhyMissing(program) is { } reason)
            {
                Assert.Skip(reason);
            }
        }
    }
}
