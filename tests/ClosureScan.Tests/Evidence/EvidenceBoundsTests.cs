using System.Text;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Scanning;
using static ClosureScan.Tests.Evidence.EvidenceHarness;

namespace ClosureScan.Tests.Evidence;

public sealed class EvidenceBoundsTests
{
    [Fact]
    public void Counts_stay_true_beyond_the_bound()
    {
        EvidenceHarness harness = new(new ScanOptions { MaxEvidencePerTarget = 3 });
        for (int file = 0; file < 10; file++)
        {
            harness.File($"f{file}", $"{Bash} {Bash}\n");
        }

        FoundReference found = Assert.Single(harness.References());

        Assert.Equal(20, found.Count);
        Assert.Equal(10, found.FileCount);
        Assert.Equal(["f0", "f1", "f2"], found.Evidence.Select(evidence => evidence.File));
    }

    [Fact]
    public void Mechanism_seen_late_takes_the_place_of_a_repeated_one()
    {
        EvidenceHarness harness = new(new ScanOptions { MaxEvidencePerTarget = 3 });
        for (int file = 0; file < 10; file++)
        {
            harness.File($"f{file}", $"{Bash}\n");
        }

        harness.File("run", $"#!{Bash}/bin/bash\n", executable: true);

        FoundReference found = Assert.Single(harness.References());
        Assert.Equal(["f0", "f1", "run"], found.Evidence.Select(evidence => evidence.File));
        Assert.Equal(11, found.FileCount);
    }

    [Fact]
    public void Path_bound_leaves_room_for_targets_seen_late()
    {
        StorePathHash[] hashes = [.. Enumerable.Range(0, 50).Select(number => StorePathHash.Parse($"{number:D32}"))];
        EvidenceHarness harness = new(new ScanOptions { MaxEvidencePerPath = 100 }, ReferenceSet.Create(hashes));
        foreach (StorePathHash hash in hashes)
        {
            for (int file = 0; file < 40; file++)
            {
                harness.File($"{file}", $"{hash}\n");
            }
        }

        System.Collections.Immutable.ImmutableArray<FoundReference> found = harness.References();
        Assert.Equal(50, found.Length);
        Assert.All(found, reference => Assert.Equal(40, reference.Count));
        Assert.All(found, reference => Assert.NotEmpty(reference.Evidence));
        Assert.InRange(found.Sum(reference => reference.Evidence.Length), 50, 100);
    }

    [Fact]
    public void Hits_beyond_those_whose_offsets_are_kept_are_counted()
    {
        StringBuilder text = new();
        int hits = FileHits.MaxOffsets + 1000;
        for (int hit = 0; hit < hits; hit++)
        {
            text.Append(BashHash).Append('\n');
        }

        text.Append(Gcc);

        System.Collections.Immutable.ImmutableArray<FoundReference> found = new EvidenceHarness().File("many", text.ToString()).References();

        Assert.Equal([hits, 1], found.Select(reference => reference.Count));
        Assert.Equal(hits, Assert.Single(found[0].Evidence).Count);
        Assert.Equal(hits + 1, Assert.Single(found[1].Evidence).Line);
    }

    [Fact]
    public void Bound_of_zero_keeps_counts_alone()
    {
        FoundReference found = Assert.Single(new EvidenceHarness(new ScanOptions { MaxEvidencePerTarget = 0 }).File("f", Bash).References());

        Assert.Equal(1, found.Count);
        Assert.Empty(found.Evidence);
    }
}
