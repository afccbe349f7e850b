using System.Text;
using ClosureScan.Evidence;
using static ClosureScan.Tests.Evidence.EvidenceHarness;

namespace ClosureScan.Tests.Evidence;

public sealed class EvidenceBoundsTests
{
    [Fact]
    public void Every_file_is_named_and_the_first_have_a_context()
    {
        EvidenceHarness harness = new(new ScanOptions { MaxContextsPerTarget = 3 });
        for (int file = 0; file < 3_000; file++)
        {
            harness.File($"f{file}", $"{Bash} {Bash}\n");
        }

        FoundReference found = Assert.Single(harness.References());

        Assert.Equal((6_000, 3_000), (found.Count, found.FileCount));
        Assert.Equal(Enumerable.Range(0, 3_000).Select(file => $"f{file}"), found.Evidence.Select(evidence => evidence.File));
        Assert.Equal(3, found.Evidence.Count(evidence => evidence.Context is not null));
        Assert.Equal((3_000, 6_000L), (found.Evidence.Length, found.Evidence.Sum(evidence => evidence.Count)));
    }

    [Fact]
    public void First_of_a_mechanism_has_a_context_however_late_it_is()
    {
        EvidenceHarness harness = new(new ScanOptions { MaxContextsPerTarget = 3, MaxContextsPerPath = 3 });
        for (int file = 0; file < 10; file++)
        {
            harness.File($"f{file}", $"{Bash}\n");
        }

        harness.File("run", $"#!{Bash}/bin/bash\n", executable: true);

        FoundReference found = Assert.Single(harness.References());
        Assert.Equal(["f0", "f1", "f2", "run"], found.Evidence.Where(evidence => evidence.Context is not null).Select(evidence => evidence.File));
        Assert.Equal((11, "/bin/bash"), (found.Evidence.Length, found.Evidence[10].SubPath));
    }

    [Fact]
    public void Each_path_below_a_target_and_each_usage_of_it_is_a_piece_of_evidence()
    {
        string script = $"#!/bin/sh\n# uses {Bash}/share/doc\nexec {Bash}/bin/bash\necho {Bash}/bin/bash\n{Bash}/bin/bash -c x\n";

        FoundReference found = Assert.Single(new EvidenceHarness().File("run", script, executable: true).References());

        Assert.Equal(4, found.Count);
        Assert.Equal(
            found.Evidence.Select(evidence => (evidence.SubPath, evidence.Usage)).Distinct(),
            found.Evidence.Select(evidence => (evidence.SubPath, evidence.Usage)));
        Assert.Contains(found.Evidence, evidence => evidence.SubPath == "/share/doc");
        Assert.Contains(found.Evidence, evidence => evidence.SubPath == "/bin/bash");
    }

    [Fact]
    public void What_has_no_room_in_memory_comes_back_from_the_disk()
    {
        const int Files = 60_000;
        EvidenceHarness harness = new();
        string padding = new('p', 100);
        for (int file = 0; file < Files; file++)
        {
            harness.File($"{padding}/{file}", $"{Bash}/{file} {Gcc}\n");
        }

        System.Collections.Immutable.ImmutableArray<FoundReference> found = harness.References();

        Assert.Equal([Files, Files], found.Select(reference => reference.Evidence.Length));
        int next = 0;
        foreach (ReferenceEvidence evidence in found[0].Evidence)
        {
            Assert.Equal(($"{padding}/{next}", $"/{next}"), (evidence.File, evidence.SubPath));
            next++;
        }

        Assert.Equal($"{padding}/{Files - 1}", found[1].Evidence.Last().File);
        Assert.True(new EvidenceHarness().File("f", Bash).References()[0].Evidence != found[0].Evidence);
    }

    [Fact]
    public void Hits_beyond_those_whose_offsets_are_kept_are_counted()
    {
        StringBuilder text = new();
        int hits = FileHits.MaxHits + 1000;
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
    public void Bound_of_zero_leaves_out_all_contexts()
    {
        FoundReference found = Assert.Single(new EvidenceHarness(new ScanOptions { MaxContextsPerTarget = 0 }).File("f", Bash).References());

        Assert.Equal(1, found.Count);
        Assert.Null(Assert.Single(found.Evidence).Context);
    }
}
