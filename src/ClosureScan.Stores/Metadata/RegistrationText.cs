using System.Collections.Immutable;
using System.Globalization;
using ClosureScan.Paths;

namespace ClosureScan.Stores.Metadata;

/// <summary>
/// Reads registrations (Nix: src/libstore/store-api.cc): of each path its name, perhaps hash and size, its deriver or an empty line, the
/// number of its references, and these. <c>closureInfo</c> and <c>nix-store --dump-db</c> write hash and size,
/// <c>exportReferencesGraph</c> does not.
/// </summary>
internal sealed class RegistrationText
{
    private readonly string _file;
    private readonly string[] _lines;
    private readonly StorePathPool _paths = new(StorePath.DefaultStoreDirectory);
    private int _next;

    private RegistrationText(string text, string file)
    {
        _file = file;
        _lines = text.Split('\n');
    }

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="StoreException">It is no registration; the message names the line.</exception>
    public static IReadOnlyList<PathInfo> Parse(string text, string file)
    {
        RegistrationText reader = new(text, file);
        List<PathInfo> infos = [];

        // What follows the last line feed is empty.
        while (reader._next < reader._lines.Length - 1)
        {
            infos.Add(reader.ReadPathInfo());
        }

        return reader._lines[^1].Length == 0 ? infos : throw reader.Malformed("the last line does not end with a line feed; the file is cut off");
    }

    private PathInfo ReadPathInfo()
    {
        StorePath path = ReadPath();
        NarHash? hash = null;
        long? size = null;
        string line = ReadLine();

        // The line behind the path is a deriver or empty, or else a hash.
        if (line.Length > 0 && line[0] != '/')
        {
            hash = NarHash.TryParse(line, out NarHash read) ? read : throw Malformed($"\"{line}\" is no SHA-256");
            size = ReadNumber();
            line = ReadLine();
        }

        StorePath? deriver = line.Length == 0 ? null : Parse(line);
        long count = ReadNumber();
        if (count > _lines.Length - _next)
        {
            throw Malformed($"{count} references are announced, and only {_lines.Length - _next} lines follow");
        }

        ImmutableArray<StorePath>.Builder references = ImmutableArray.CreateBuilder<StorePath>((int)count);
        for (long index = 0; index < count; index++)
        {
            references.Add(ReadPath());
        }

        return new PathInfo
        {
            Path = path,
            NarHash = hash,
            NarSize = size,
            Deriver = deriver,
            References = PathInfoBuilding.Sorted(references),
        };
    }

    private string ReadLine() => _next < _lines.Length - 1 ? _lines[_next++] : throw Malformed("the file ends within a path");

    private StorePath ReadPath() => Parse(ReadLine());

    private StorePath Parse(string text) => _paths.TryGet(text, out StorePath? path)
        ? path
        : throw Malformed($"\"{text}\" is no path of {_paths.StoreDirectory}");

    private long ReadNumber()
    {
        string line = ReadLine();
        return long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw Malformed($"\"{line}\" is no number");
    }

    private StoreException Malformed(string what) => new($"{_file}: line {_next}: {what}.");
}
