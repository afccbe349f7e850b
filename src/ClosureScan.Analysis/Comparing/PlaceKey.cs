using ClosureScan.Analysis.Findings;

namespace ClosureScan.Analysis.Comparing;

/// <summary>A file with what it holds, whatever rule and mechanism: when a shebang becomes a comment, the place is the same and weaker.</summary>
internal readonly record struct PlaceKey(string Family, string Package, string File, string Target)
{
    private const string Foreign = "foreign";

    public static PlaceKey Of(OccurrenceKey key) => new(FamilyOf(key.Rule), key.Package, key.File, key.Target);

    private static string FamilyOf(string rule) => rule is RuleIds.ForeignInterpreter or RuleIds.ForeignReference ? Foreign : rule;
}
