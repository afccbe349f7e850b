using System.Text.RegularExpressions;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Findings;

/// <summary>
/// A file's path without what an update changes in it: store hashes, other long hashes, dotted versions, an interpreter's in the names of
/// compiled code, and the package's own. Single numbers stay, since <c>libfoo.so.6</c> and <c>man1</c> are names.
/// </summary>
internal static partial class StableFileName
{
    private const string Hash = "{hash}";
    private const string Version = "{version}";

    public static string Of(string file, StorePath path)
    {
        string name = StoreHashes().Replace(file, Hash);
        name = BuildIds().Replace(name, $".build-id/{Hash}/");
        name = HexHashes().Replace(name, Hash);
        if (StorePathName.Parse(path.Name).Version is { Length: > 0 } version)
        {
            name = ReplaceWhole(name, version);
        }

        name = Abis().Replace(name, $"$1-{Version}");
        return DottedVersions().Replace(name, Version);
    }

    /// <summary>Replaces the package's version where it is not a part of a longer number or word: 5 in <c>share/foo-5</c>, not in <c>man5</c>.</summary>
    private static string ReplaceWhole(string name, string version)
    {
        int start = 0;
        while ((start = name.IndexOf(version, start, StringComparison.Ordinal)) >= 0)
        {
            int end = start + version.Length;
            bool isWhole = (start == 0 || name[start - 1] is '-' or '_' or '/') && (end == name.Length || !char.IsAsciiLetterOrDigit(name[end]));
            if (isWhole)
            {
                name = string.Concat(name.AsSpan(0, start), Version, name.AsSpan(end));
                end = start + Version.Length;
            }

            start = end;
        }

        return name;
    }

    [GeneratedRegex("(?<![0-9a-z])[0-9a-df-np-sv-z]{32}(?![0-9a-z])")]
    private static partial Regex StoreHashes();

    [GeneratedRegex(@"\.build-id/[0-9a-f]{2}/")]
    private static partial Regex BuildIds();

    [GeneratedRegex("(?<![0-9a-zA-Z])(?=[0-9a-f]*[0-9])[0-9a-f]{16,}(?![0-9a-zA-Z])")]
    private static partial Regex HexHashes();

    // The mark of compiled Python code: cpython-312 in _x.cpython-312-arm-linux-gnueabihf.so.
    [GeneratedRegex(@"\b(cpython|pypy|graalpy)-?[0-9]+\b")]
    private static partial Regex Abis();

    [GeneratedRegex(@"[0-9]+(\.[0-9]+)+")]
    private static partial Regex DottedVersions();
}
