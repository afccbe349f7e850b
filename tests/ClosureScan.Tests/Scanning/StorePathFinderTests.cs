using System.Text;
using ClosureScan.Paths;
using ClosureScan.Scanning;
using CsCheck;

namespace ClosureScan.Tests.Scanning;

public sealed class StorePathFinderTests
{
    private static readonly StorePathHash Hash = Letters.Hash(new Random(31));
    private static readonly string Capitals = Hash.ToString().ToUpperInvariant();
    private static readonly string Cut = new('e', 32);

    private static readonly string[] Pieces =
        ["/nix/store/", "/nix/store", "/nix", "/", "-", ".", "curl-8.9.1", " ", "\0", "é", $"/nix/store/{Hash}-", $"{Hash}", Capitals, Cut, $"/nix/store/{Cut}-"];

    // Pieces that begin, continue, end or spoil a path, in any order.
    private static readonly Gen<byte[]> Text = Gen.OneOf(
            Gen.Int[0, Pieces.Length - 1].Select(piece => Pieces[piece]),
            Gen.String[Gen.Char[NixBase32.Alphabet], 0, 40],
            Gen.Int[190, 230].Select(length => new string('n', length)))
        .Array[0, 30].Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces)));

    [Fact]
    public void Any_cutting_of_any_text_gives_what_the_oracle_gives()
    {
        Gen.Select(Text, Gen.OneOf(Gen.Int[1, 12], Gen.Int[0, 300]).Array[1, 30]).Sample((text, cuts) =>
            Found(text, "/nix/store", [.. cuts, text.Length]).SequenceEqual(Oracle(text, "/nix/store")), iter: 5_000);
    }

    [Fact]
    public void A_path_is_found_wherever_the_stream_is_cut()
    {
        byte[] text = Encoding.ASCII.GetBytes($"/nix/nix/store/{Hash}-curl-8.9.1/bin:/nix/store/{Hash}-zlib");
        for (int first = 0; first <= text.Length; first++)
        {
            for (int second = 0; second <= text.Length - first; second++)
            {
                Assert.Equal([(15, $"{Hash}", "curl-8.9.1"), (74, $"{Hash}", "zlib")], Found(text, "/nix/store", [first, second, text.Length]));
            }
        }
    }

    [Theory]
    [InlineData("nuke-refs and remove-references-to", "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee", true)]
    [InlineData("a compiler", "0C1P30GF9Y49NQ93DXKCR2XJIV0HMJAK", true)]
    [InlineData("nobody: half in capitals", "0C1P30GF9Y49NQ93dxkcr2xjiv0hmjak", false)]
    [InlineData("nobody: E is no digit", "0E1P30GF9Y49NQ93DXKCR2XJIV0HMJAK", false)]
    [InlineData("nobody: a letter short", "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeee", false)]
    [InlineData("nobody: another letter", "tttttttttttttttttttttttttttttttt", false)]
    public void Scrubbed_path_is_told_apart_and_no_other(string tool, string hash, bool isScrubbed)
    {
        byte[] text = Encoding.ASCII.GetBytes($"{tool}: /nix/store/{hash}-gcc-13/lib");
        foreach (int length in (int[])[1, 9, text.Length])
        {
            Assert.Equal(isScrubbed ? [(tool.Length + 13, hash, "gcc-13")] : [], Found(text, "/nix/store", [length]));
        }
    }

    [Fact]
    public void Byte_by_byte_gives_the_same()
    {
        byte[] text = Encoding.ASCII.GetBytes($"#!/nix/store/{Hash}-bash-5.2/bin/bash\n");
        Assert.Equal([(13, $"{Hash}", "bash-5.2")], Found(text, "/nix/store", [1]));
    }

    [Theory]
    [InlineData("/nix/store/{0}")] // no name
    [InlineData("/nix/store/{0}-")] // an empty name
    [InlineData("/nix/store/{0}-/bin")]
    [InlineData("/nix/store/a{0}-curl")] // 33 digits
    [InlineData("/nix/store//{0}-curl")]
    [InlineData("/gnu/store/{0}-curl")]
    [InlineData("/nix/store/.links/{0}-curl")]
    public void What_only_looks_like_a_path_is_none(string format)
    {
        byte[] text = Encoding.ASCII.GetBytes(string.Format(null, format, Hash));
        for (int cut = 0; cut <= text.Length; cut++)
        {
            Assert.Empty(Found(text, "/nix/store", [cut, text.Length]));
        }
    }

    [Fact]
    public void A_name_ends_at_the_longest_that_Nix_accepts()
    {
        byte[] text = Encoding.ASCII.GetBytes($"/nix/store/{Hash}-{new string('n', 300)}");
        Assert.Equal([(11, $"{Hash}", new string('n', 211))], Found(text, "/nix/store", [text.Length]));
        Assert.Equal([(11, $"{Hash}", new string('n', 211))], Found(text, "/nix/store", [7]));
    }

    [Fact]
    public void Another_store_directory_has_its_own_paths()
    {
        byte[] text = Encoding.UTF8.GetBytes($"/nix/store/{Hash}-a /mnt/wärme/store/{Hash}-b");
        Assert.Equal([(64, $"{Hash}", "b")], Found(text, "/mnt/wärme/store", [text.Length]));
        Assert.Throws<ArgumentException>(() => new StorePathFinder("nix/store"));
        Assert.Throws<ArgumentException>(() => new StorePathFinder("/nix/store/"));
    }

    [Fact]
    public void A_reset_joins_nothing_across()
    {
        var recorded = new RecordedPaths();
        var finder = new StorePathFinder();
        finder.Scan("/nix/sto"u8, ref recorded);
        finder.Reset();
        finder.Scan(Encoding.ASCII.GetBytes($"re/{Hash}-a "), ref recorded);
        finder.Complete(ref recorded);
        Assert.Empty(recorded.Paths);
        Assert.Equal(38, finder.Position);
    }

    private static List<(long Offset, string Hash, string Name)> Found(ReadOnlySpan<byte> text, string storeDirectory, ReadOnlySpan<int> lengths)
    {
        var recorded = new RecordedPaths();
        var finder = new StorePathFinder(storeDirectory);
        for (int chunk = 0; !text.IsEmpty; chunk++)
        {
            int length = Math.Min(text.Length, lengths[Math.Min(chunk, lengths.Length - 1)]);
            finder.Scan(text[..length], ref recorded);
            text = text[length..];
        }

        finder.Complete(ref recorded);
        return recorded.Paths;
    }

    // One byte after the other, in one piece.
    private static List<(long Offset, string Hash, string Name)> Oracle(ReadOnlySpan<byte> text, string storeDirectory)
    {
        var paths = new List<(long, string, string)>();
        byte[] prefix = Encoding.UTF8.GetBytes(storeDirectory + "/");
        for (int start = prefix.Length; start + 32 < text.Length; start++)
        {
            if (text[..start].EndsWith(prefix) && text[start + 32] == '-' && Encoding.Latin1.GetString(text.Slice(start, 32)) is string hash && IsHash(hash))
            {
                string rest = Encoding.Latin1.GetString(text[(start + 33)..]);
                string name = new([.. rest.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || "+-._?=".Contains(c, StringComparison.Ordinal)).Take(211)]);
                if (name.Length > 0)
                {
                    paths.Add((start, hash, name));
                }
            }
        }

        return paths;
    }

    private static bool IsHash(string text) =>
        text == Cut || StorePathHash.TryParse(text, out _) || (!text.Any(char.IsAsciiLetterLower) && StorePathHash.TryParse(text.ToLowerInvariant(), out _));

    private sealed class RecordedPaths : IStorePathSink
    {
        public List<(long Offset, string Hash, string Name)> Paths { get; } = [];

        public void OnStorePath(StorePathHash hash, ReadOnlySpan<byte> name, long offset) =>
            Paths.Add((offset, hash.ToString(), Encoding.ASCII.GetString(name)));

        public void OnScrubbedPath(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> name, long offset)
        {
            Assert.False(StorePathHash.TryParse(hash, out _));
            Paths.Add((offset, Encoding.ASCII.GetString(hash), Encoding.ASCII.GetString(name)));
        }
    }
}
