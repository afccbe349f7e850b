using ClosureScan.Paths;

namespace ClosureScan.Cli.Rendering;

/// <summary>
/// How store paths are called in a report: the first eight characters of the hash and the name. That is short enough
/// for a line, and what every command takes as a path; where eight do not tell two paths apart, the whole hash stands.
/// </summary>
internal sealed class PathLabels
{
    private const int ShortHash = 8;

    private readonly HashSet<string> _ambiguous;

    public PathLabels(IEnumerable<StorePath> paths)
    {
        _ambiguous = paths.GroupBy(path => path.BaseName[..ShortHash]).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
    }

    public string this[StorePath path]
    {
        get
        {
            string prefix = path.BaseName[..ShortHash];
            return _ambiguous.Contains(prefix) ? path.BaseName : $"{prefix}…-{path.Name}";
        }
    }
}
