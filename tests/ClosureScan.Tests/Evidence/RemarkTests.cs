using System.Text;
using ClosureScan.Testing;
using static ClosureScan.Tests.Evidence.EvidenceHarness;
using static ClosureScan.Tests.Evidence.Packed;

namespace ClosureScan.Tests.Evidence;

/// <summary>What a deep scan says that it left out.</summary>
public sealed class RemarkTests
{
    private static readonly ScanOptions Deep = new() { Deep = true };

    [Theory]
    [InlineData("QFI\u00fb", "qcow2")]
    [InlineData("KDMV", "VMDK")]
    [InlineData("7z\u00bc\u00af\u0027\u001c", "7z")]
    public void Container_that_is_only_known_by_name_is_remarked(string magic, string format)
    {
        byte[] image = [.. Encoding.Latin1.GetBytes(magic), .. new byte[8192]];
        EvidenceHarness harness = new EvidenceHarness(Deep).File("disk.img", image);

        Assert.Equal((ScanRemarkKind.ContainerClosed, 1L), Assert.Single(harness.Visitor.DrainRemarks()) is var remark ? (remark.Kind, remark.Count) : default);
        Assert.Equal(new OpaqueFile("disk.img", image.Length, format, IsClosed: true), Assert.Single(harness.Visitor.DrainOpaque()));
    }

    [Fact]
    [Trait(Tier.Name, Tier.Laws)]
    public void Expansion_that_is_broken_off_is_remarked()
    {
        byte[] bomb = Gzip(new byte[160 * 1024 * 1024]);

        Assert.Equal([(ScanRemarkKind.ExpansionBounded, 2L, "a.gz|b.zip")], Remarks(harness => harness.File("a.gz", bomb).File("b.zip", Zip(("x", bomb)))));
    }

    [Fact]
    public void Ninth_level_of_compression_is_remarked() =>
        Assert.Equal([(ScanRemarkKind.NestedTooDeep, 1L, "a")], Remarks(harness => harness.File("a", Gzip(Bash, times: 9)).File("b", Gzip(Bash, times: 8))));

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void Compressed_file_that_is_cut_short_is_remarked(double part)
    {
        byte[] gzip = Gzip(Bash + string.Concat(Enumerable.Range(0, 50_000))), zip = Zip(("x", gzip));

        Assert.Equal(
            [(ScanRemarkKind.CompressedDamaged, 2L, "a.gz|b.zip")],
            Remarks(harness => harness.File("a.gz", gzip[..(int)(gzip.Length * part)]).File("b.zip", zip[..(int)(zip.Length * part)]).File("c.gz", gzip).File("d.zip", zip)));
    }

    [Fact]
    public void Damaged_member_is_remarked_and_those_behind_it_are_searched()
    {
        byte[] zip = Zip(("a", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 5_000)))), ("b", Encoding.ASCII.GetBytes(Bash)));
        zip.AsSpan(60, 40).Fill(0xff);
        EvidenceHarness harness = new EvidenceHarness(Deep).File("x.jar", zip);

        Assert.Equal("b", Assert.Single(Assert.Single(harness.Visitor.DrainHidden()).Evidence).Section);
        Assert.Equal(ScanRemarkKind.CompressedDamaged, Assert.Single(harness.Visitor.DrainRemarks()).Kind);
    }

    [Fact]
    public void Undeclared_paths_beyond_the_bound_are_counted()
    {
        string text = string.Concat(Enumerable.Range(0, 5_000).Select(static index => $"/nix/store/{index:d4}4p4c9mk6q0ac8hy7xp96lr6v0yl2-x "));
        EvidenceHarness harness = new EvidenceHarness(Deep).File("x", text);

        Assert.Equal(4_096, harness.Visitor.DrainUndeclared().Length);
        ScanRemark remark = Assert.Single(harness.Visitor.DrainRemarks());
        Assert.Equal((ScanRemarkKind.UndeclaredBounded, 5_000L - 4_096), (remark.Kind, remark.Count));
    }

    [Fact]
    public void Remarks_count_every_file_and_name_the_first()
    {
        byte[] broken = Gzip(Bash)[..30];

        (_, long count, string files) = Assert.Single(Remarks(harness => Enumerable.Range(0, 50).Aggregate(harness, (all, file) => all.File($"{file}", broken))));

        Assert.Equal((50, "0|1|2|3|4|5|6|7"), (count, files));
    }

    private static (ScanRemarkKind Kind, long Count, string Files)[] Remarks(Func<EvidenceHarness, EvidenceHarness> describe) =>
        [.. describe(new EvidenceHarness(Deep)).Visitor.DrainRemarks().Select(static remark => (remark.Kind, remark.Count, string.Join('|', remark.Files)))];
}
