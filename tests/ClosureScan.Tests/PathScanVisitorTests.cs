using System.Collections.Immutable;
using System.Text;
using ClosureScan.Evidence;
using ClosureScan.Testing;
using ClosureScan.Tests.Evidence;
using ClosureScan.Walking;
using static ClosureScan.Tests.Evidence.EvidenceHarness;

namespace ClosureScan.Tests;

public sealed class PathScanVisitorTests
{
    [Fact]
    public void Symlink_target_is_evidence_with_its_sub_path()
    {
        ReferenceEvidence evidence = Assert.Single(Assert.Single(new EvidenceHarness().Symlink("bin/sh", $"{Bash}/bin/bash").References()).Evidence);

        Assert.Equal(Mechanism.SymlinkTarget, evidence.Mechanism);
        Assert.Equal("bin/sh", evidence.File);
        Assert.Equal("/nix/store/".Length, evidence.Offset);
        Assert.Equal(96 + 512 + evidence.Offset, evidence.NarOffset);
        Assert.Equal("/bin/bash", evidence.SubPath);
        Assert.Equal($"{Bash}/bin/bash", evidence.Context);
        Assert.False(evidence.Executable);
    }

    [Fact]
    public void Names_of_directories_files_and_symlinks_are_evidence_and_count_as_holders()
    {
        ImmutableArray<FoundReference> found = new EvidenceHarness()
            .Directory($"d/{BashHash}-x")
            .File($"d/{BashHash}-x/{BashHash}", Bash)
            .Symlink($"e-{BashHash}", "nowhere")
            .References();

        FoundReference reference = Assert.Single(found);
        Assert.Equal(4, reference.Count);
        Assert.Equal(4, reference.FileCount);
        Assert.Equal(
            [Mechanism.EntryName, Mechanism.EntryName, Mechanism.Text, Mechanism.EntryName],
            reference.Evidence.Select(evidence => evidence.Mechanism));
        Assert.Equal([0, 0, 11, 2], reference.Evidence.Select(evidence => evidence.Offset));
    }

    [Fact]
    public void Hash_does_not_reach_from_one_file_into_the_next()
    {
        ImmutableArray<FoundReference> found = new EvidenceHarness()
            .File("a", BashHash[..16])
            .File("b", BashHash[16..])
            .References();

        Assert.Empty(found);
    }

    [Fact]
    public void Any_chunks_give_the_same_evidence()
    {
        string text = $"#!{Bash}/bin/bash\nexport CC={Gcc}/bin/gcc\n{Bash}{Gcc}";
        ImmutableArray<FoundReference> whole = new EvidenceHarness().File("bin/x", text).References();
        Assert.Equal(2, whole.Length);
        for (int chunk = 1; chunk < 80; chunk++)
        {
            ImmutableArray<FoundReference> parts = new EvidenceHarness(chunk: chunk).File("bin/x", text).References();
            Assert.Equal(whole.SelectMany(found => found.Evidence), parts.SelectMany(found => found.Evidence));
            Assert.Equal(whole.Select(found => (found.Target, found.Count, found.FileCount)), parts.Select(found => (found.Target, found.Count, found.FileCount)));
        }
    }

    [Fact]
    public void Second_path_starts_from_nothing()
    {
        EvidenceHarness harness = new();
        harness.File("a", Bash).References();
        harness.Visitor.Reset();

        Assert.Empty(harness.File("b", "clean").References());
        Assert.Equal(1, harness.Visitor.FileCount);
        Assert.Equal(5, harness.Visitor.ByteCount);
    }

    [Fact]
    public void Clean_files_cost_no_memory()
    {
        EvidenceHarness harness = new();
        byte[] path = Encoding.ASCII.GetBytes("share/doc/clean.txt");
        byte[] contents = Encoding.ASCII.GetBytes(new string('x', 100_000));

        Assert.Equal(0, Allocation.Of(() => Walk(100)));

        void Walk(int files)
        {
            for (int file = 0; file < files; file++)
            {
                harness.Visitor.BeginFile(new ContentEntry(path, 9, 100), contents.Length, executable: false, 200);
                harness.Visitor.FileData(contents);
                harness.Visitor.EndFile(new FileView(contents));
            }
        }
    }
}
