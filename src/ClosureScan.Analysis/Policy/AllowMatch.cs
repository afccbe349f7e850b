using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Policy;

/// <summary>Whether an <c>allow</c> entry is about a file of a finding.</summary>
internal static class AllowMatch
{
    public static bool IsMatch(AllowEntry entry, LeakPart part)
    {
        Leak leak = part.Leak;
        return (entry.Rule is not { } rule || rule == leak.Rule || rule == part.Rule)
            && (entry.Package is not { } package || package.IsMatch(leak.From))
            && (entry.File is not { } file || (part.File is not null && file.IsMatch(part.File)))
            && (entry.Target is not { } target || IsTarget(target, leak));
    }

    /// <summary>The package that is referred to; for findings about files of one path, what <see cref="Leak.Key"/> ends in.</summary>
    private static bool IsTarget(GlobPattern target, Leak leak) =>
        leak.To.Equals(leak.From) ? target.IsMatch(leak.Key.Split(':', 3)[^1]) : target.IsMatch(leak.To);
}
