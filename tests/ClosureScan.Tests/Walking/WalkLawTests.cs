using System.IO.Pipelines;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Tests.Walking;

/// <summary>A tree and its NAR give equal walks.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class WalkLawTests
{
    [Fact]
    public async Task Directory_and_its_nar_give_equal_events_sizes_and_hashes()
    {
        using TemporaryTree tree = SampleTrees.Everything();
        WalkOptions options = new() { ComputeNarHash = true };
        WalkLog onDisk = new();
        WalkResult diskResult = DirectoryWalk.Run(tree.Root, onDisk, options, TestContext.Current.CancellationToken);

        using MemoryStream nar = new();
        NarDump.Write(tree.Root, nar, TestContext.Current.CancellationToken);
        WalkLog inStream = new();
        nar.Position = 0;
        PipeReader pipe = NarSource.FromStream(nar);
        WalkResult streamResult = await NarWalk.RunAsync(pipe, inStream, options, TestContext.Current.CancellationToken);

        Assert.Equal(onDisk.Lines, inStream.Lines);
        Assert.Equal(diskResult, streamResult);
        Assert.NotNull(streamResult.NarHash);
    }
}
