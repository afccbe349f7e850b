using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ClosureScan.Paths;

namespace ClosureScan.Stores.BinaryCache;

/// <summary>
/// Reads <c>.narinfo</c> files as strictly as Nix does (src/libstore/nar-info.cc): every line is <c>NAME: VALUE</c> and ends
/// with a line feed, unknown names are ignored, StorePath, URL, NarHash and NarSize must be there.
/// </summary>
internal sealed class NarInfoParser
{
    private readonly string _file;
    private readonly StorePathPool _paths;
    private int _line;

    private StorePath? _path;
    private string? _url;
    private string? _compression;
    private long? _fileSize;
    private NarHash? _narHash;
    private long? _narSize;
    private ImmutableArray<StorePath> _references = [];
    private StorePath? _deriver;
    private string? _contentAddress;
    private ImmutableArray<string> _signatures = [];

    private NarInfoParser(string file, StorePathPool paths)
    {
        _file = file;
        _paths = paths;
    }

    /// <summary>Reads one file.</summary>
    /// <param name="bytes">The file, in UTF-8.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="paths">Where its paths are taken from; its directory is the one they must lie in.</param>
    /// <exception cref="StoreException">The text is malformed; the message names the file and the line.</exception>
    public static NarInfo Parse(ReadOnlySpan<byte> bytes, string file, StorePathPool paths)
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetMaxCharCount(bytes.Length));
        try
        {
            return Parse(buffer.AsSpan(0, Encoding.UTF8.GetChars(bytes, buffer)), file, paths);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static NarInfo Parse(ReadOnlySpan<char> text, string file, StorePathPool paths)
    {
        NarInfoParser parser = new(file, paths);
        while (!text.IsEmpty)
        {
            parser._line++;
            int end = text.IndexOf('\n');
            if (end < 0)
            {
                throw parser.Malformed("the last line does not end with a line feed; the file is cut off");
            }

            parser.ReadLine(text[..end]);
            text = text[(end + 1)..];
        }

        return parser.Finish();
    }

    private void ReadLine(ReadOnlySpan<char> line)
    {
        int colon = line.IndexOf(':');
        if (colon < 0)
        {
            throw Malformed("there is no \":\"");
        }

        ReadOnlySpan<char> value = line.Length > colon + 2 ? line[(colon + 2)..] : [];
        switch (line[..colon])
        {
            case "StorePath":
                _path = _paths.TryGet(value, out StorePath? path)
                    ? path
                    : throw Malformed($"the StorePath \"{value}\" is no path of {_paths.StoreDirectory}");
                break;
            case "URL":
                _url = value.ToString();
                break;
            case "Compression":
                _compression = value.ToString();
                break;
            case "FileSize":
                _fileSize = ReadSize("FileSize", value);
                break;
            case "NarHash":
                _narHash = NarHash.TryParse(value, out NarHash hash) ? hash : throw Malformed($"the NarHash \"{value}\" is no SHA-256");
                break;
            case "NarSize":
                _narSize = ReadSize("NarSize", value);
                break;
            case "References":
                ReadReferences(value);
                break;
            case "Deriver":
                _deriver = value is "" or "unknown-deriver" ? null : ReadPath("Deriver", value);
                break;
            case "CA":
                _contentAddress = _contentAddress is null ? value.ToString() : throw Malformed("a second CA");
                break;
            case "Sig":
                _signatures = _signatures.Add(value.ToString());
                break;
            default:
                break;
        }
    }

    private void ReadReferences(ReadOnlySpan<char> value)
    {
        if (!_references.IsEmpty)
        {
            throw Malformed("a second References");
        }

        ImmutableArray<StorePath>.Builder references = ImmutableArray.CreateBuilder<StorePath>();
        foreach (Range range in value.Split(' '))
        {
            if (!value[range].IsEmpty)
            {
                references.Add(ReadPath("References", value[range]));
            }
        }

        _references = PathInfoBuilding.Sorted(references);
    }

    private StorePath ReadPath(string field, ReadOnlySpan<char> baseName) => _paths.TryGetByBaseName(baseName, out StorePath? path)
        ? path
        : throw Malformed($"\"{baseName}\" in {field} is no base name of a store path");

    private long ReadSize(string field, ReadOnlySpan<char> value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            ? size
            : throw Malformed($"the {field} \"{value}\" is no size in bytes");

    private NarInfo Finish()
    {
        // What is missing is missing behind the last line.
        _line++;
        return new NarInfo
        {
            Info = new PathInfo
            {
                Path = _path ?? throw Malformed("there is no StorePath"),
                NarHash = _narHash ?? throw Malformed("there is no NarHash"),
                NarSize = _narSize is > 0 ? _narSize : throw Malformed("there is no NarSize, or it is 0"),
                References = _references,
                Deriver = _deriver,
                ContentAddress = _contentAddress,
                Signatures = _signatures,
            },
            Url = string.IsNullOrEmpty(_url) ? throw Malformed("there is no URL") : _url,
            Compression = string.IsNullOrEmpty(_compression) ? "bzip2" : _compression,
            FileSize = _fileSize,
        };
    }

    private StoreException Malformed(string what) =>
        new($"{_file}: line {_line}: {what}. Delete the file and copy the path into the cache again.");
}
