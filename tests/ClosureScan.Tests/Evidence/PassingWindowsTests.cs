using System.Text;
using ClosureScan.Evidence;
using ClosureScan.Walking;
using static ClosureScan.Tests.Evidence.EvidenceHarness;

namespace ClosureScan.Tests.Evidence;

/// <summary>What a long file's evidence says when a stream keeps no more of it than its first 4 KiB.</summary>
public sealed class PassingWindowsTests
{
    private static readonly string LongScript = MakeScript();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(4096)]
    [InlineData(65_537)]
    [InlineData(int.MaxValue)]
    public void Evidence_of_a_passing_file_is_that_of_a_whole_one(int chunk)
    {
        byte[] contents = Encoding.ASCII.GetBytes(LongScript);
        FoundReference[] expected = [.. new EvidenceHarness().File("bin/x", contents, executable: true).References()];
        Assert.Equal(2, expected.Length);

        FoundReference[] actual = [.. Pass(contents, chunk)];

        Assert.Equal(expected.SelectMany(found => found.Evidence), actual.SelectMany(found => found.Evidence));
        ReferenceEvidence body = actual[0].Evidence[1];
        Assert.Equal(LongScript[..(int)body.Offset].Count(character => character == '\n') + 1, body.Line);
        Assert.Equal($"run {Bash}/bin/sh # first", body.Context);
        Assert.Equal("/bin/sh", body.SubPath);
    }

    [Fact]
    public void File_that_ends_inside_a_window_is_remembered_to_its_end()
    {
        byte[] contents = Encoding.ASCII.GetBytes(new string('\n', 300_000) + "x " + Gcc + "/bin");

        ReferenceEvidence evidence = Assert.Single(Assert.Single(Pass(contents, 1000)).Evidence);

        Assert.Equal($"x {Gcc}/bin", evidence.Context);
        Assert.Equal(300_001, evidence.Line);
        Assert.Equal(3 + "/nix/store/".Length, evidence.Column);
    }

    private static System.Collections.Immutable.ImmutableArray<FoundReference> Pass(byte[] contents, int chunk)
    {
        EvidenceHarness harness = new();
        harness.Visitor.BeginFile(new ContentEntry("bin/x"u8, 1, 96), contents.Length, executable: true, 96 + 1024);
        for (int start = 0; start < contents.Length; start += Math.Min(chunk, contents.Length - start))
        {
            harness.Visitor.FileData(contents.AsSpan(start, Math.Min(chunk, contents.Length - start)));
        }

        harness.Visitor.EndFile(new FileView(contents.AsSpan(0, 4096), contents.Length, new NothingKept()));
        return harness.References();
    }

    private static string MakeScript()
    {
        StringBuilder text = new($"#!{Bash}/bin/bash\n");
        for (int line = 0; text.Length < 400_000; line++)
        {
            text.Append("echo line ").Append(line).Append('\n');
            if (line == 9_000)
            {
                text.Append($"  run {Bash}/bin/sh # first\n");
            }
        }

        return text.Append($"\n{Gcc}{Gcc} {Bash} and {Gcc}/lib").ToString();
    }

    private sealed class NothingKept : IFileBytes
    {
        public int Read(long offset, Span<byte> destination) => 0;
    }
}
