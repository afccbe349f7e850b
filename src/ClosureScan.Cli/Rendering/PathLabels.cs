using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Cli.Rendering;

/// <summary>
/// How store paths are called in a report, short enough for a line, and always so that every command takes it for this path. The
/// configuration of the host is left out of names: there it says nothing.
/// </summary>
internal sealed class PathLabels
{
    private const int ShortHash = 8;

    private readonly Platform? _host;
    private readonly HashSet<string> _ambiguous;
    private readonly Dictionary<string, int> _names;
    private readonly Dictionary<string, int> _shortNames;

    public PathLabels(IEnumerable<StorePath> paths, Platform? host = null)
    {
        _host = host;
        StorePath[] all = [.. paths];
        _ambiguous = all.CountBy(path => path.BaseName[..ShortHash]).Where(hash => hash.Value > 1).Select(hash => hash.Key).ToHashSet();
        _names = all.CountBy(path => path.Name).ToDictionary();
        _shortNames = all.CountBy(ShortName).ToDictionary();
    }

    /// <summary>The first eight characters of the hash, and the name; where eight do not tell two paths apart, the whole hash stands.</summary>
    public string this[StorePath path]
    {
        get
        {
            string prefix = path.BaseName[..ShortHash];
            return _ambiguous.Contains(prefix) ? path.BaseName : $"{prefix}…-{ShortName(path)}";
        }
    }

    /// <summary>The name alone where it is no other path's, as the resolver of paths reads it; else <see cref="this"/>.</summary>
    public string Name(StorePath path)
    {
        string name = ShortName(path);
        bool isExact = name == path.Name;
        return _shortNames.GetValueOrDefault(name) <= 1 || (isExact && _names.GetValueOrDefault(name) <= 1) ? name
            : !isExact && _names.GetValueOrDefault(path.Name) <= 1 ? path.Name
            : this[path];
    }

    /// <summary>The name without the host's configuration, unique or not.</summary>
    public string ShortName(StorePath path) => _host is null ? path.Name : PackageNames.WithoutTriples(path, _host);

    /// <summary>The first eight characters of the hash.</summary>
    public static string Hash(StorePath path) => path.BaseName[..ShortHash];
}
