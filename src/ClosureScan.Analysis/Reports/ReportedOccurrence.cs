using System.Text;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Policy;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports;

/// <summary>One occurrence of a judged report: what a code review shows as one remark.</summary>
/// <param name="Finding">The finding that it is of.</param>
/// <param name="Occurrence">The occurrence.</param>
/// <param name="Fails">Whether it fails the check.</param>
/// <param name="Number">How many remarks of the report had this key before, and this one: from 1.</param>
internal sealed record ReportedOccurrence(Finding Finding, Occurrence Occurrence, bool Fails, int Number)
{
    /// <summary>A SHA-256 of the key, in hexadecimal.</summary>
    public string KeyHash => Hash(Occurrence.Key.ToString());

    /// <summary>Whether the baseline has it.</summary>
    public bool IsKnown => Occurrence.Status.State == OccurrenceState.Known;

    /// <summary>Where it lies for tools that want a file of a repository: the same after every update.</summary>
    public string StablePath => Occurrence.File is { Length: > 0 } file
        ? $"closure/{Occurrence.Key.Package}/{StableFileName.Of(file, Finding.From)}"
        : $"closure/{Occurrence.Key.Package}";

    /// <summary>What the policy does not accept: what fails first, both parts worst first.</summary>
    public static IEnumerable<ReportedOccurrence> Open(PolicyVerdict verdict) => Select(verdict, (occurrence, fails) => occurrence.Status.IsOpen && verdict.Fails(occurrence) == fails, true, false);

    /// <summary>The same, and behind it what the policy accepts.</summary>
    public static IEnumerable<ReportedOccurrence> All(PolicyVerdict verdict) => Select(
        verdict, (occurrence, fails) => fails is { } open ? occurrence.Status.IsOpen && verdict.Fails(occurrence) == open : !occurrence.Status.IsOpen, true, false, null);

    private static IEnumerable<ReportedOccurrence> Select(PolicyVerdict verdict, Func<Occurrence, bool?, bool> isOfPart, params bool?[] parts)
    {
        Dictionary<OccurrenceKey, int> seen = [];
        foreach (bool? part in parts)
        {
            foreach (Finding finding in verdict.Report.Findings)
            {
                foreach (Occurrence occurrence in finding.Occurrences)
                {
                    if (isOfPart(occurrence, part))
                    {
                        int number = seen.GetValueOrDefault(occurrence.Key) + 1;
                        seen[occurrence.Key] = number;
                        yield return new ReportedOccurrence(finding, occurrence, part == true, number);
                    }
                }
            }
        }
    }

    public static string Hash(string text) => Convert.ToHexStringLower(Sha256.Of(Encoding.UTF8.GetBytes(text)));
}
