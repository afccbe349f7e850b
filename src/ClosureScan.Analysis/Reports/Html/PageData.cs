using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Media;

namespace ClosureScan.Analysis.Reports.Html;

/// <summary>
/// What the script of a page draws and searches, in blocks that are unpacked when they are asked for: the closure in columns, the rest of the hashes,
/// the bytes behind each link of the shortest chains. JSON, gzip, base64. A block that would make the page too large is left out and told.
/// </summary>
internal sealed class PageData
{
    private PageData(ImmutableArray<(string Id, string Base64)> blocks, ImmutableArray<string> leftOut)
    {
        Blocks = blocks;
        LeftOut = leftOut;
    }

    /// <summary>The blocks: id and base64.</summary>
    public ImmutableArray<(string Id, string Base64)> Blocks { get; }

    /// <summary>The bytes of all blocks.</summary>
    public long Length => Blocks.Sum(block => (long)block.Base64.Length);

    /// <summary>What is not there and why, a sentence each.</summary>
    public ImmutableArray<string> LeftOut { get; }

    /// <summary>Makes the blocks, at most <paramref name="budget"/> bytes of base64 together.</summary>
    public static PageData Create(ClosureReport report, ClosureCut cut, long budget)
    {
        (string Id, string What, Action<Utf8JsonWriter> Write)[] parts =
        [
            ("closure-data", "The picture, the search and the table of all paths are", json => new ClosureColumns(report, cut).Write(json)),
            ("hash-data", "The second half of each hash is", json => WriteHashes(json, report)),
            ("link-data", "The files and bytes behind the links of chains are", json => new LinkColumns(report).Write(json)),
        ];
        ImmutableArray<(string Id, string Base64)>.Builder blocks = ImmutableArray.CreateBuilder<(string Id, string Base64)>();
        ImmutableArray<string>.Builder leftOut = ImmutableArray.CreateBuilder<string>();
        long left = budget;
        foreach ((string id, string what, Action<Utf8JsonWriter> write) in parts)
        {
            string base64 = Pack(write);
            if (base64.Length <= left)
            {
                blocks.Add((id, base64));
                left -= base64.Length;
            }
            else
            {
                leftOut.Add($"{what} left out: {SizeText(base64.Length)} more would make the page too large to be opened. closurescan explore, size and why tell them.");
            }
        }

        return new PageData(blocks.ToImmutable(), leftOut.ToImmutable());
    }

    private static string SizeText(long bytes) => ByteText.Of(bytes);

    private static string Pack(Action<Utf8JsonWriter> write)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        using (Utf8JsonWriter json = new(gzip))
        {
            write(json);
        }

        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    private static void WriteHashes(Utf8JsonWriter json, ClosureReport report)
    {
        json.WriteStartArray();
        foreach (AnalyzedPath path in report.Paths)
        {
            json.WriteStringValue(path.Path.Hash.ToString()[ClosureColumns.ShortHash..]);
            CommandJson.FlushIfMuch(json);
        }

        json.WriteEndArray();
    }
}
