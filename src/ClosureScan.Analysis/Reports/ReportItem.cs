using System.Security.Cryptography;
using System.Text;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Reports;

/// <summary>One file of one finding: what a code review shows as one remark.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Key">What identifies it across rebuilds.</param>
/// <param name="File">The file; null when the evidence names none.</param>
/// <param name="Evidence">Its first evidence; null when there is none.</param>
/// <param name="Effect">What the file does on the host.</param>
/// <param name="FileCount">1, or how many files the evidence does not name.</param>
/// <param name="Occurrence">How many items of the report had this key before, and this one: from 1.</param>
internal sealed record ReportItem(JudgedLeak Finding, BaselineKey Key, string? File, ReferenceEvidence? Evidence, LeakEffect Effect, long FileCount, int Occurrence)
{
    public Leak Leak => Finding.Leak;

    /// <summary>A SHA-256 of the key, in hexadecimal.</summary>
    public string KeyHash => Hash(Key.ToString());

    /// <summary>Where the item lies for tools that want a file of a repository: the same after every update.</summary>
    public string StablePath => File is { Length: > 0 } file
        ? $"closure/{Key.Package}/{StableFileName.Of(file, Leak.From)}"
        : $"closure/{Key.Package}";

    /// <summary>The items of all findings that the policy does not accept, in their order: those that fail first.</summary>
    public static IEnumerable<ReportItem> All(PolicyVerdict verdict)
    {
        Dictionary<BaselineKey, int> seen = [];
        foreach (JudgedLeak finding in verdict.Findings)
        {
            foreach (LeakPart part in LeakPart.Split(finding.Leak))
            {
                BaselineKey key = part.Key;
                int occurrence = seen.GetValueOrDefault(key) + 1;
                seen[key] = occurrence;
                yield return new ReportItem(finding, key, part.File, part.Evidence.FirstOrDefault(), part.Effect, part.FileCount, occurrence);
            }
        }
    }

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
