using System.IO.Compression;
using System.Text;
using ClosureScan.Evidence;
using ClosureScan.Scanning;
using static ClosureScan.Tests.Evidence.EvidenceHarness;
using static ClosureScan.Tests.Evidence.Packed;

namespace ClosureScan.Tests.Evidence;

/// <summary>What <see cref="ScanOptions.Deep"/> finds beyond the references that Nix sees.</summary>
public sealed class DeepTests
{
    private const string Other = "/nix/store/1nl04p4c9mk6q0ac8hy7xp96lr6v0yl2-other-1.0";

    private const string Cut = "/nix/store/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-bash-5.2p37";

    private static readonly ScanOptions Deep = new() { Deep = true };

    [Fact]
    public void Nothing_hidden_is_looked_for_unless_asked()
    {
        EvidenceHarness harness = new EvidenceHarness().File("x.gz", Gzip(Bash)).File("y", $"{Other} /build/source/x.c {Cut}").File("z.gz", Gzip(Bash)[..^9]);

        Assert.Empty(harness.References());
        Assert.Empty(harness.Visitor.DrainHidden());
        Assert.Empty(harness.Visitor.DrainUndeclared());
        Assert.Equal(0, harness.Visitor.DrainBuildPaths().Count);
        Assert.Equal(0, harness.Visitor.DrainScrubbed().Count);
        Assert.Empty(harness.Visitor.DrainRemarks());
    }

    [Fact]
    public void Gzip_is_looked_into()
    {
        EvidenceHarness harness = new EvidenceHarness(Deep).File("share/man/x.1.gz", Gzip($"see {Bash}/share/doc and {Bash}/share/doc"));

        Assert.Empty(harness.References());
        FoundReference found = Assert.Single(harness.Visitor.DrainHidden());
        ReferenceEvidence evidence = Assert.Single(found.Evidence);
        Assert.Equal(2, found.Count);
        Assert.Equal(Mechanism.Compressed, evidence.Mechanism);
        Assert.Equal("gzip", evidence.Section);
        Assert.Equal("see /nix/store/".Length, evidence.SectionOffset);
        Assert.Equal("/share/doc", evidence.SubPath);
        Assert.Equal($"see {Bash}/share/doc and {Bash}/share/doc", evidence.Context);
    }

    [Fact]
    public void Zip_member_is_named_and_one_format_inside_another_is_followed()
    {
        byte[] zip = Zip(("META-INF/plain", Encoding.ASCII.GetBytes(Bash + new string('x', 500))), ("lib/x.gz", Gzip(Gcc + new string('y', 500))));

        FoundReference[] found = [.. new EvidenceHarness(Deep).File("x.jar", zip).Visitor.DrainHidden()];

        Assert.Equal(["META-INF/plain", "lib/x.gz:gzip"], found.Select(reference => Assert.Single(reference.Evidence).Section));
    }

    [Fact]
    public void Eight_levels_of_compression_are_followed()
    {
        Assert.Single(new EvidenceHarness(Deep).File("x", Gzip(Bash, times: 8)).Visitor.DrainHidden());
        Assert.Empty(new EvidenceHarness(Deep).File("x", Gzip(Bash, times: 9)).Visitor.DrainHidden());
    }

    [Fact]
    public void Bomb_is_left_when_its_time_has_come()
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] zeros = new byte[1024 * 1024];
            for (int mebibyte = 0; mebibyte < 160; mebibyte++)
            {
                gzip.Write(zeros);
            }

            gzip.Write(Encoding.ASCII.GetBytes(Bash));
        }

        Assert.Empty(new EvidenceHarness(Deep).File("bomb.gz", bytes.ToArray()).Visitor.DrainHidden());
    }

    [Fact]
    public void Broken_gzip_is_searched_as_far_as_it_goes()
    {
        byte[] gzip = Gzip(Bash + string.Concat(Enumerable.Range(0, 50_000)));

        Assert.Single(new EvidenceHarness(Deep).File("x.gz", gzip[..(gzip.Length / 2)]).Visitor.DrainHidden());
    }

    [Fact]
    public void Decoder_of_the_callers_is_used()
    {
        byte[] turned = [.. "TURN"u8, .. Encoding.ASCII.GetBytes(Bash).Reverse()];

        FoundReference found = Assert.Single(
            new EvidenceHarness(Deep with { Decoders = [new Turned()] }).File("x", turned).Visitor.DrainHidden());

        Assert.Equal("turned", Assert.Single(found.Evidence).Section);
    }

    [Theory]
    [InlineData(0, int.MaxValue)]
    [InlineData(1, int.MaxValue)]
    [InlineData(0, 7)]
    [InlineData(1, 40_001)]
    public void UTF16_text_is_found_at_even_and_odd_offsets(int shift, int chunk)
    {
        byte[] contents = [.. new byte[50_000 + shift], .. Encoding.Unicode.GetBytes($"\0run {Bash}/bin/bash\0"), .. new byte[100]];

        EvidenceHarness harness = new EvidenceHarness(Deep, chunk: chunk).File("lib/x.dll", contents);

        Assert.Empty(harness.References());
        ReferenceEvidence evidence = Assert.Single(Assert.Single(harness.Visitor.DrainHidden()).Evidence);
        Assert.Equal("UTF-16", evidence.Section);
        Assert.Equal(50_000 + shift + (2 * "\0run /nix/store/".Length), evidence.Offset);
        Assert.Equal($"run {Bash}/bin/bash", evidence.Context);
        Assert.Equal("/bin/bash", evidence.SubPath);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(int.MaxValue)]
    public void Store_path_that_nobody_declared_is_told(int chunk)
    {
        string text = $"{Bash} {Other}/bin /nix/store/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-gone /nix/store/1nl04p4c9mk6q0ac8hy7xp96lr6v0yl2 {Other}";

        EvidenceHarness harness = new EvidenceHarness(Deep, chunk: chunk).File("x", text).Symlink("y", $"{Other}/lib");

        FoundReference found = Assert.Single(harness.Visitor.DrainUndeclared());
        Assert.Equal(Other.Substring(11, 32), found.Target.ToString());
        Assert.Equal(3, found.Count);
        Assert.Equal(2, found.FileCount);
        Assert.Equal([Mechanism.Text, Mechanism.Text, Mechanism.SymlinkTarget], found.Evidence.Select(evidence => evidence.Mechanism));
        Assert.Equal("/bin", found.Evidence[0].SubPath);
        Assert.Equal(text.IndexOf(Other, StringComparison.Ordinal) + 11, found.Evidence[0].Offset);
    }

    [Fact]
    public void With_nothing_to_search_for_every_store_path_is_undeclared()
    {
        EvidenceHarness harness = new EvidenceHarness(Deep, ReferenceSet.Create(Array.Empty<Paths.StorePathHash>())).File("x", $"{Bash}:{Gcc}");

        Assert.Equal([BashHash, GccHash], harness.Visitor.DrainUndeclared().Select(found => found.Target.ToString()));
    }

    [Theory]
    [InlineData("file /build/source/src/main.c:12", "/build/source/src/main.c")]
    [InlineData("/build/source", "/build/source")]
    [InlineData("-I/build/zlib-1.3/include", "/build/zlib-1.3/include")]
    [InlineData("cd \"/tmp/nix-build-hello.drv-0/hello\"", "/tmp/nix-build-hello.drv-0/hello")]
    [InlineData("https://ci.example/build/source", null)]
    [InlineData("src=\"/build/main-3f2a.js\"", null)]
    [InlineData("$(top)/build/source/x", null)]
    [InlineData("see /build/sources/x", null)]
    public void Left_over_build_directories_are_told_and_addresses_are_not(string text, string? expected)
    {
        foreach (int chunk in (int[])[1, 9, int.MaxValue])
        {
            ReferenceEvidence[] found = [.. new EvidenceHarness(Deep, chunk: chunk).File("x", text).Visitor.DrainBuildPaths().Evidence];

            Assert.Equal(expected is null ? 0 : 1, found.Length);
            Assert.Equal(expected, found.SingleOrDefault()?.SubPath);
            Assert.Equal(expected is null ? 0 : text.IndexOf(expected, StringComparison.Ordinal), found.SingleOrDefault()?.Offset ?? 0);
        }
    }

    [Fact]
    public void Build_directories_of_many_files_are_counted_one_piece_of_evidence_each()
    {
        EvidenceHarness harness = new(Deep with { MaxContextsPerTarget = 3 });
        harness.File("a", "\0/build/source/a.c\0/build/source/b.c\0").File("b", "x").File("c", "/build/source/c.c");
        for (int file = 0; file < 100; file++)
        {
            harness.File($"d{file}", "/build/source/d.c");
        }

        FoundText found = harness.Visitor.DrainBuildPaths();

        Assert.Equal(103, found.Evidence.Length);
        Assert.Equal(
            [("a", "/build/source/a.c", true), ("a", "/build/source/b.c", true), ("c", "/build/source/c.c", true), ("d0", "/build/source/d.c", false)],
            found.Evidence.Take(4).Select(evidence => (evidence.File, evidence.SubPath!, evidence.Context is not null)));
        Assert.Equal((103, 102), (found.Count, found.FileCount));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(int.MaxValue)]
    public void Scrubbed_path_is_noted_and_neither_a_reference_nor_undeclared(int chunk)
    {
        string capitals = Bash.Replace(BashHash, BashHash.ToUpperInvariant(), StringComparison.Ordinal);
        string backwards = Bash.Replace(BashHash, new string([.. BashHash.Reverse()]), StringComparison.Ordinal);
        EvidenceHarness harness = new EvidenceHarness(Deep, chunk: chunk)
            .File("bin/a", $"#!/bin/sh\nprefix={Cut}/lib\n{capitals}\n").File("share/b", $"was {backwards}/bin").Symlink("c", Cut).File("d", "clean");

        Assert.Empty(harness.References());
        Assert.Empty(harness.Visitor.DrainUndeclared());
        FoundText found = harness.Visitor.DrainScrubbed();
        Assert.Equal((4, 3), (found.Count, found.FileCount));
        Assert.Equal(
            [("bin/a", Mechanism.ScriptBody, 1L, 28L, "/lib"), ("bin/a", Mechanism.ScriptBody, 1, 88, null), ("share/b", Mechanism.Text, 1, 15, "/bin"), ("c", Mechanism.SymlinkTarget, 1, 11, null)],
            found.Evidence.Select(evidence => (evidence.File, evidence.Mechanism, evidence.Count, evidence.Offset, evidence.SubPath)));
        Assert.Equal($"prefix={Cut}/lib", found.Evidence[0].Context);
    }

    [Fact]
    public void Path_backwards_of_nobody_is_undeclared() =>
        Assert.Single(new EvidenceHarness(Deep).File("x", Other).Visitor.DrainUndeclared());

    private sealed class Turned : IContentDecoder
    {
        public string Name => "turned";

        public bool Recognises(ReadOnlySpan<byte> beginning) => beginning.StartsWith("TURN"u8);

        public Stream Open(Stream compressed)
        {
            using MemoryStream bytes = new();
            compressed.CopyTo(bytes);
            return new MemoryStream([.. bytes.ToArray()[4..].Reverse()]);
        }
    }
}
