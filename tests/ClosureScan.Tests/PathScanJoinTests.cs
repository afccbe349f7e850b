using System.IO.Compression;
using System.Text;
using ClosureScan.Nar;
using ClosureScan.Testing;
using ClosureScan.Tests.Walking;
using ClosureScan.Walking;
using ClosureScan.Walking.Disk;
using static ClosureScan.Tests.Evidence.EvidenceHarness;

namespace ClosureScan.Tests;

/// <summary>That the scans of the parts of a tree join to the scan of the whole, wherever it is cut and whatever is searched for.</summary>
public sealed class PathScanJoinTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Parts_of_a_tree_join_to_the_whole_wherever_it_is_cut(bool deep, bool everyOccurrence)
    {
        using TemporaryTree tree = RichTree();
        ScanOptions options = new() { Deep = deep, EveryOccurrence = everyOccurrence, MaxContextsPerTarget = 3 };
        PathScanner scanner = new(Both, options);
        PathScan whole = scanner.ScanDirectory(tree.Root, TestContext.Current.CancellationToken);
        Assert.NotEmpty(whole.References);

        foreach (long enough in (long[])[1, 100_000, 300_000, 1_000_000])
        {
            foreach (int first in (int[])[0, 1, 7, 1000])
            {
                PathScanAssert.Equal(whole, Join(tree.Root, scanner, first, enough)!);
            }
        }
    }

    [Fact]
    public void Bound_of_the_path_that_is_met_is_not_joined()
    {
        using TemporaryTree tree = RichTree();
        PathScanner scanner = new(Both, new ScanOptions { MaxContextsPerPath = 3 });

        Assert.Null(Join(tree.Root, scanner, first: 2, enough: 1));
    }

    [Fact]
    public async Task File_that_is_not_as_planned_breaks_its_part()
    {
        using TemporaryTree tree = new TemporaryTree().File("a", "first").File("b", "second").File("c", "third");
        using DirectoryReader plan = new(DiskReader.Create(), tree.Root, WalkOptions.Default) { IsPlanning = true };
        TreePart part = TreePart.Read(plan, 1_000_000, TestContext.Current.CancellationToken)!;
        tree.File("b", "longer than it was");

        using PartReader reader = new(part, DiskReader.Create());
        await new PathScanner(Both).ScanAsync(reader, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(reader.IsBroken);
    }

    private static PathScan? Join(string root, PathScanner scanner, int first, long enough)
    {
        int left = first;
        using DirectoryReader reader = new(DiskReader.Create(), root, WalkOptions.Default);
        List<PathScan> scans = [Scan(scanner, reader, () => left-- == 0)];
        reader.IsPlanning = true;
        while (TreePart.Read(reader, enough, TestContext.Current.CancellationToken) is { } planned)
        {
            using PartReader part = new(planned, DiskReader.Create());
            scans.Add(Scan(scanner, part, null));
            Assert.False(part.IsBroken);
        }

        return PathScanJoin.Join(scans, reader.Position, scanner.Options);
    }

    private static PathScan Scan(PathScanner scanner, TreeReader reader, Func<bool>? pauses) =>
        scanner.ScanAsync(reader, pauses: pauses, cancellationToken: TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();

    private static TemporaryTree RichTree()
    {
        TemporaryTree tree = SampleTrees.Everything().Directory("links");
        using MemoryStream gzip = new();
        using (GZipStream compressor = new(gzip, CompressionLevel.Optimal, leaveOpen: true))
        {
            compressor.Write(Encoding.ASCII.GetBytes($"{Bash}/share {Gcc}\n"));
        }

        for (int index = 0; index < 20; index++)
        {
            tree.File($"bin/s{index:D2}", $"#!{Bash}/bin/bash\necho {Gcc}/bin/gcc {Bash}/share\n", executable: index % 2 == 0)
                .File($"share/{index:D2}.gz", gzip.ToArray())
                .File($"share/{index:D2}.wide", [.. new byte[index * 10_000], .. Encoding.Unicode.GetBytes($"{Gcc}/bin"), 0, 0])
                .File($"share/{index:D2}.stray", new string('\n', 200_000) + $"/nix/store/1nl04p4c9mk6q0ac8hy7xp96lr6v0yl2-other-1.{index % 3}/bin /build/source/x.c {Bash}\n")
                .Symlink($"links/{index:D2}", $"{Bash}/bin/bash");
        }

        return tree;
    }
}
