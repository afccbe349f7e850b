using ClosureScan.Analysis.Findings;

namespace ClosureScan.Analysis.Policy;

/// <summary>Whether an <c>allow</c> entry is about an occurrence.</summary>
internal static class AllowMatch
{
    public static bool IsMatch(AllowEntry entry, Finding finding, Occurrence occurrence) =>
        (entry.Rule is not { } rule || rule == occurrence.Rule)
        && (entry.Package is not { } package || package.IsMatch(finding.From))
        && (entry.File is not { } file || (occurrence.File is not null && file.IsMatch(occurrence.File)))
        && (entry.Target is not { } target || IsTarget(target, finding));

    /// <summary>The package that is referred to; for findings about files of one path, what they are about.</summary>
    private static bool IsTarget(GlobPattern target, Finding finding) =>
        finding.To is { } to ? target.IsMatch(to) : target.IsMatch(finding.Target);
}
