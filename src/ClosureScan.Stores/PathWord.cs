using System.Collections.Immutable;
using System.IO.Enumeration;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Stores;

/// <summary>
/// A word that means paths of a store, as a user writes it or as a report prints it. What it says exactly wins over what it could say:
/// <c>bash-5.2</c> is the path of that name before it is <c>bash-armv7l-unknown-linux-gnueabihf-5.2</c>.
/// </summary>
internal sealed class PathWord
{
    private const char Ellipsis = '…';
    private const string Derivation = ".drv";

    private readonly string _text;
    private readonly bool _isOfDerivations;
    private readonly ImmutableArray<Func<StorePath, bool>> _readings;

    public PathWord(string text)
    {
        _text = text;
        IsGlob = text.AsSpan().ContainsAny('*', '?');
        _isOfDerivations = text.EndsWith(Derivation, StringComparison.Ordinal);
        _readings = IsGlob ? [IsMatched] : text.Contains(Ellipsis, StringComparison.Ordinal) ? [IsShortened] : [IsBegun, IsNamed, IsPackage, IsOutput];
    }

    /// <summary>Whether it means all paths that match, and not one.</summary>
    public bool IsGlob { get; }

    /// <summary>Every path that is meant, sorted: by the first reading that any of them has.</summary>
    public List<StorePath> Among(IReadOnlyCollection<StorePath> paths)
    {
        foreach (Func<StorePath, bool> reading in _readings)
        {
            List<StorePath> meant = [.. paths.Where(reading)];
            if (meant.Count > 0)
            {
                meant.Sort();
                return meant;
            }
        }

        return [];
    }

    /// <summary>Whether a glob matches a path: its base name or its name, the whole of it.</summary>
    public static bool Matches(string glob, StorePath path) =>
        FileSystemName.MatchesSimpleExpression(glob, path.BaseName, ignoreCase: false)
        || FileSystemName.MatchesSimpleExpression(glob, path.Name, ignoreCase: false);

    private bool IsMatched(StorePath path) => IsAsked(path) && Matches(_text, path);

    /// <summary>The start of a hash or of a base name, or a whole name.</summary>
    private bool IsBegun(StorePath path) => path.BaseName.StartsWith(_text, StringComparison.Ordinal) || path.Name == _text;

    /// <summary>As reports shorten it: <c>9br3h9ij…-gcc-wrapper-13.2.0</c>.</summary>
    private bool IsShortened(StorePath path)
    {
        int cut = _text.IndexOf(Ellipsis, StringComparison.Ordinal);
        string name = _text[(cut + 1)..].TrimStart('-');
        return path.BaseName.StartsWith(_text[..cut], StringComparison.Ordinal)
            && (path.Name.EndsWith(name, StringComparison.Ordinal) || PackageNames.WithoutTriples(path) == name);
    }

    /// <summary>A name without its configuration: <c>gcc-wrapper-13.2.0</c>.</summary>
    private bool IsNamed(StorePath path) => IsAsked(path) && PackageNames.WithoutTriples(path) == _text;

    /// <summary>A package, as findings and policies call it: <c>gcc-wrapper</c>, <c>python-cffi</c>, <c>glibc.dev</c>.</summary>
    private bool IsPackage(StorePath path) => IsAsked(path) && PackageNames.Of(path) == _text;

    /// <summary>Any output of a package, its interpreter's version told or not.</summary>
    private bool IsOutput(StorePath path) =>
        IsAsked(path) && StorePathName.Parse(path.Name).PackageName is var package && (package == _text || PackageNames.WithoutInterpreterVersion(package) == _text);

    /// <summary>What builds a package is never meant with the package.</summary>
    private bool IsAsked(StorePath path) => _isOfDerivations || !path.Name.EndsWith(Derivation, StringComparison.Ordinal);
}
