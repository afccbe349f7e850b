using System.Text;
using ClosureScan.Analysis.Findings;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Reports.Html;

/// <summary>The entry of a policy that accepts one place, for its reader to fill in the reason.</summary>
internal static class AllowEntryText
{
    /// <summary>YAML of the list <c>allow</c>.</summary>
    public static string For(Finding finding, Occurrence place)
    {
        StringBuilder yaml = new();
        yaml.Append("allow:\n  - rule: ").Append(place.Rule);
        Append(yaml, "package", PackageNames.Of(finding.From));
        if (place.File is { Length: > 0 } file)
        {
            Append(yaml, "file", file);
        }

        Append(yaml, "target", finding.To is { } to ? PackageNames.Of(to) : finding.Target);
        return yaml.Append("\n    reason: ").ToString();
    }

    /// <summary>A single-quoted scalar: in it a quote alone is special, and a glob means itself where it has no wildcard.</summary>
    private static void Append(StringBuilder yaml, string name, string value) =>
        yaml.Append("\n    ").Append(name).Append(": '").Append(value.Replace("'", "''", StringComparison.Ordinal)).Append('\'');
}
