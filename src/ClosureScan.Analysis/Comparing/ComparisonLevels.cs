using System.Diagnostics.CodeAnalysis;

namespace ClosureScan.Analysis.Comparing;

/// <summary>The levels by their short names, and what they say.</summary>
public static class ComparisonLevels
{
    private static readonly (string Name, string Title, string Explanation)[] All =
    [
        ("L0", "same NAR hash", "Both paths have the same bytes."),
        ("L1", "same but for hashes and names",
            "The same bytes once every store path is replaced by the one that it is aligned with. Where the names behind the hashes differ as well, the mask \"names\" says so."),
        ("L2", "same but for volatile fields",
            "The same as L1 once fields that name one build are blanked: build ids, debug links, compiler comments, times and owners in the headers of gzip, ar, zip and .pyc files, UUIDs. The masks that were needed are named."),
        ("L3", "same structure, moved",
            "The same symbols, imports, exports, strings and code; only places differ: strings of another length moved what lies behind them, or segments are aligned otherwise."),
        ("L4", "differs in facts of the build",
            "Differs in what records how it was built and nothing uses at run time: libtool's build_alias, configure's command line."),
        ("D", "differs", "Differs in something that a reader should see. Neither side is called right: both are shown."),
    ];

    /// <summary>Every level, the best first.</summary>
    internal static IReadOnlyList<ComparisonLevel> Values { get; } = Enum.GetValues<ComparisonLevel>();

    /// <summary><c>L0</c> to <c>L4</c> and <c>D</c>.</summary>
    public static string ToName(this ComparisonLevel level) => All[(int)level].Name;

    /// <summary>What the level says, in a few words.</summary>
    internal static string Title(this ComparisonLevel level) => All[(int)level].Title;

    /// <summary>What the level says, in sentences.</summary>
    internal static string Explanation(this ComparisonLevel level) => All[(int)level].Explanation;

    /// <summary>Finds a level by its name, in whatever case.</summary>
    internal static bool TryParse([NotNullWhen(true)] string? name, out ComparisonLevel level)
    {
        int index = Array.FindIndex(All, item => item.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        level = (ComparisonLevel)Math.Max(index, 0);
        return index >= 0;
    }
}
