using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>
/// Finds out where a closure is to run. A host triple in the root's name is Nixpkgs' own word and wins over bytes; next
/// come the root's own programs; then the triple that most paths carry; then what most paths are built for. The majority
/// comes last because in a leaking closure it may be the build platform's.
/// </summary>
internal static class HostInference
{
    public static (Platform? Host, HostOrigin Origin) Infer(ScannedClosure closure, AnalysisOptions options)
    {
        if (options.Host is { } told)
        {
            return (told, HostOrigin.Option);
        }

        ImmutableArray<ScannedPath> roots = [.. closure.Paths.Where(path => closure.Roots.Contains(path.Info.Path))];
        if (MostFrequent(roots.Select(NamedHost)) is { } named)
        {
            return (named, HostOrigin.Name);
        }

        if (MostFrequent(roots.Select(BuiltFor)) is { } built)
        {
            return (built, HostOrigin.Root);
        }

        if (MostFrequent(closure.Paths.Select(NamedHost)) is { } common)
        {
            return (common, HostOrigin.Name);
        }

        return (MostFrequent(closure.Paths.Select(BuiltFor)), HostOrigin.Majority);
    }

    /// <summary>The platform that the name's host suffix says.</summary>
    private static Platform? NamedHost(ScannedPath path) => StorePathName.Parse(path.Info.Path.Name).Host;

    /// <summary>The platform of most programs, or where there is none, of most shared libraries.</summary>
    private static Platform? BuiltFor(ScannedPath path) => MostFiles(path, FileRole.Program) ?? MostFiles(path, FileRole.SharedLibrary);

    private static Platform? MostFiles(ScannedPath path, FileRole role) => path.Scan?.Platforms
        .Where(tally => tally.Role == role && tally.Platform is not null)
        .OrderByDescending(tally => tally.FileCount)
        .ThenBy(tally => tally.Platform!.System, StringComparer.Ordinal)
        .FirstOrDefault()?.Platform;

    private static Platform? MostFrequent(IEnumerable<Platform?> platforms) => platforms
        .OfType<Platform>()
        .GroupBy(platform => platform.System)
        .OrderByDescending(group => group.Count())
        .ThenBy(group => group.Key, StringComparer.Ordinal)
        .FirstOrDefault()?.First();
}
