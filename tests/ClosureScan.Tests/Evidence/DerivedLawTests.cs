using System.Text;
using ClosureScan.Evidence;
using ClosureScan.Testing;
using static ClosureScan.Tests.Evidence.EvidenceHarness;
using static ClosureScan.Tests.Evidence.Packed;

namespace ClosureScan.Tests.Evidence;

/// <summary>A search finds in a derived stream what it finds in the plain bytes, however those were cut.</summary>
[Trait(Tier.Name, Tier.Laws)]
public sealed class DerivedLawTests
{
    private const string Other = "/nix/store/1nl04p4c9mk6q0ac8hy7xp96lr6v0yl2-gcc-13.3.0";

    private static readonly ScanOptions Deep = new() { Deep = true };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)]
    [InlineData(65_537)]
    [InlineData(int.MaxValue)]
    public void UTF16_behind_much_text_has_its_true_offset(int chunk)
    {
        const int TextLength = 1024 * 1024, Zeros = 500_000;
        byte[] contents = [.. Enumerable.Repeat((byte)'t', TextLength), .. new byte[Zeros], .. Encoding.Unicode.GetBytes($"{Bash}/bin/bash and {Other}/bin/gcc now")];

        EvidenceHarness harness = new EvidenceHarness(Deep, chunk: chunk).File("lib/x", contents);

        int first = TextLength + Zeros + (2 * "/nix/store/".Length);
        Assert.Equal(first, Assert.Single(Assert.Single(harness.Visitor.DrainHidden()).Evidence).Offset);
        ReferenceEvidence undeclared = Assert.Single(Assert.Single(harness.Visitor.DrainUndeclared()).Evidence);
        Assert.Equal((first + (2 * $"{Bash}/bin/bash and ".Length), "/bin/gcc", "UTF-16"), (undeclared.Offset, undeclared.SubPath, undeclared.Section));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void UTF16_in_a_file_that_begins_in_small_pieces_has_its_true_offset(int chunk)
    {
        byte[] contents = [.. "MZ"u8, .. new byte[61], .. Encoding.BigEndianUnicode.GetBytes($" {Bash} ")];

        FoundReference found = Assert.Single(new EvidenceHarness(Deep, chunk: chunk).File("x.exe", contents).Visitor.DrainHidden());

        Assert.Equal(63 + (2 * " /nix/store/".Length) + 1, Assert.Single(found.Evidence).Offset);
    }

    [Fact]
    public void Every_search_finds_in_gzip_and_zip_and_UTF16_what_it_finds_in_plain_bytes()
    {
        string cut = Bash.Replace(BashHash, new string('e', 32), StringComparison.Ordinal);
        string text = $"run {Bash}/bin/sh\nrun {Other}/bin/gcc\nwas {cut}/lib\nin /build/source/a.c\n";
        byte[] plain = Encoding.ASCII.GetBytes(text);

        (string, string, string, string) expected = Found(plain);
        Assert.Equal("/bin/sh", expected.Item1);

        Assert.Equal(expected, Found(Gzip(plain)));
        Assert.Equal(expected, Found(Zip(("a/b", plain))));
        Assert.Equal(expected, Found(Gzip(Zip(("a", Gzip(plain))))));
        Assert.Equal(expected, Found(Encoding.Unicode.GetBytes(text)));
        Assert.Equal(expected, Found(Gzip(Encoding.BigEndianUnicode.GetBytes(text))));

        static (string, string, string, string) Found(byte[] contents)
        {
            EvidenceHarness harness = new EvidenceHarness(Deep, chunk: 777).File("x", contents);
            return (
                Paths(harness.References().Concat(harness.Visitor.DrainHidden()).SelectMany(found => found.Evidence)),
                Paths(harness.Visitor.DrainUndeclared().SelectMany(found => found.Evidence)),
                Paths(harness.Visitor.DrainScrubbed().Evidence),
                Paths(harness.Visitor.DrainBuildPaths().Evidence));
        }

        static string Paths(IEnumerable<ReferenceEvidence> evidence) => string.Join(' ', evidence.Select(item => item.SubPath));
    }

    [Fact]
    public void Undeclared_path_is_found_in_another_store_directory()
    {
        string path = Other.Replace("/nix/store", "/opt/guix/store", StringComparison.Ordinal);
        EvidenceHarness harness = new EvidenceHarness(Deep with { StoreDirectory = "/opt/guix/store" }).File("x", $"{Other} {path}/bin").File("y.gz", Gzip(path));

        FoundReference found = Assert.Single(harness.Visitor.DrainUndeclared());

        Assert.Equal(["x", "y.gz"], found.Evidence.Select(evidence => evidence.File));
        Assert.Equal("/bin", found.Evidence[0].SubPath);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200_000)]
    [InlineData(int.MaxValue)]
    public void Every_hit_of_a_long_text_has_its_line_and_context(int chunk)
    {
        StringBuilder text = new();
        for (int line = 1; line <= 60_000; line++)
        {
            text.Append(line % 10_000 == 0 ? $"line {line} {Bash}/bin/{line}\n" : "line\n");
        }

        FoundReference found = Assert.Single(new EvidenceHarness(chunk: chunk).File("x", text.ToString()).References());

        Assert.Equal(
            Enumerable.Range(1, 6).Select(hit => ((int?)(hit * 10_000), (string?)$"line {hit * 10_000} {Bash}/bin/{hit * 10_000}")),
            found.Evidence.Select(evidence => (evidence.Line, evidence.Context)));
    }
}
