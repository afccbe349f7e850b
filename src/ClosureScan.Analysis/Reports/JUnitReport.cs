using System.Globalization;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Reports;

/// <summary>
/// JUnit XML as CI systems read it. A test case is one occurrence; a rule without findings is one case that passed, so a clean
/// closure has cases too and a file without any is no clean closure. Accepted occurrences are skipped cases with their reasons.
/// It holds neither times nor the machine's name: equal verdicts give equal bytes.
/// </summary>
internal static class JUnitReport
{
    /// <summary>The most cases for findings; a last case counts the rest. 10,000 stay below the 30 MB that GitLab reads.</summary>
    public const int MaxCases = 10_000;

    /// <summary>Writes a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    public static void Write(PolicyVerdict verdict, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(output);
        Counts counts = Counts.Of(verdict);
        using (XmlReport xml = new(output))
        {
            xml.Start("testsuites");
            counts.WriteTo(xml);
            xml.Start("testsuite");
            xml.Attribute("name", $"closurescan {string.Join(' ', verdict.Report.Roots.Select(PackageNames.Of))}");
            counts.WriteTo(xml);
            WriteProperties(xml, verdict.Report, version);
            WriteScanCase(xml, verdict);
            WriteQuietRules(xml, verdict);
            WriteFindings(xml, verdict);
            foreach (Occurrence accepted in verdict.Accepted.SelectMany(finding => finding.Occurrences).Take(MaxCases))
            {
                StartCase(xml, accepted.Rule, accepted.Key.ToString());
                xml.Start("skipped");
                xml.Attribute("message", FindingText.Clip(accepted.Status.Because ?? ""));
                xml.End();
                xml.End();
            }

            xml.End();
            xml.End();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteProperties(XmlReport xml, ClosureReport report, string version)
    {
        xml.Start("properties");
        Property("version", version);
        Property("host", report.Host?.System ?? "unknown");
        Property("paths", report.Paths.Length.ToString(CultureInfo.InvariantCulture));
        Property("bytes", report.ByteCount.ToString(CultureInfo.InvariantCulture));
        xml.End();

        void Property(string name, string value)
        {
            xml.Start("property");
            xml.Attribute("name", name);
            xml.Attribute("value", value);
            xml.End();
        }
    }

    /// <summary>The case that fails when the scan does not cover the closure.</summary>
    private static void WriteScanCase(XmlReport xml, PolicyVerdict verdict)
    {
        StartCase(xml, "scan", "everything was read");
        if (HasError(verdict))
        {
            xml.Start("error");
            xml.Attribute("message", FindingText.Clip(ErrorMessage(verdict)));
            xml.List(verdict.Gaps.Take(100));
            xml.End();
        }

        xml.End();
    }

    private static string ErrorMessage(PolicyVerdict verdict) => verdict.Outcome switch
    {
        VerdictOutcome.Nothing => "nothing was scanned",
        VerdictOutcome.Misconfigured => verdict.Budgets.First(budget => budget.State == BudgetState.NotJudged).Message,
        _ => verdict.Gaps[0],
    };

    private static bool HasError(PolicyVerdict verdict) => verdict.Outcome > VerdictOutcome.Failed;

    private static IEnumerable<string> QuietRules(PolicyVerdict verdict)
    {
        HashSet<string> found = [.. verdict.Open.Select(finding => finding.Rule)];
        return verdict.Report.Rules.Rules.Select(rule => rule.Id)
            .Where(rule => !found.Contains(rule) && verdict.Policy.Rules.GetValueOrDefault(rule, RuleLevel.Error) != RuleLevel.Off);
    }

    private static void WriteQuietRules(XmlReport xml, PolicyVerdict verdict)
    {
        foreach (string rule in QuietRules(verdict))
        {
            StartCase(xml, rule, "nothing found");
            xml.End();
        }
    }

    private static void WriteFindings(XmlReport xml, PolicyVerdict verdict)
    {
        int written = 0;
        long omittedFailures = 0;
        foreach (ReportedOccurrence item in ReportedOccurrence.Open(verdict))
        {
            if (written == MaxCases)
            {
                omittedFailures += item.Fails ? 1 : 0;
                continue;
            }

            StartCase(xml, item.Occurrence.Rule, item.Number == 1 ? item.Occurrence.Key.ToString() : string.Create(CultureInfo.InvariantCulture, $"{item.Occurrence.Key} ({item.Number})"));
            xml.Start(item.Fails ? "failure" : "system-out");
            if (item.Fails)
            {
                xml.Attribute("message", FindingText.Sentence(item, verdict.Report));
                xml.Attribute("type", item.Occurrence.Effect.ToName());
            }

            xml.Text(FindingText.Message(item, verdict.Report));
            xml.End();
            xml.End();
            written++;
        }

        if (omittedFailures > 0)
        {
            StartCase(xml, "scan", "findings beyond the limit of this report");
            xml.Start("failure");
            xml.Attribute("message", string.Create(CultureInfo.InvariantCulture, $"{omittedFailures:N0} more findings fail the check; the JSON report has them all."));
            xml.End();
            xml.End();
        }
    }

    private static void StartCase(XmlReport xml, string group, string name)
    {
        xml.Start("testcase");
        xml.Attribute("classname", $"closurescan.{group}");
        xml.Attribute("name", name);
    }

    /// <summary>The numbers that stand before the cases, counted beforehand so that the cases can be streamed.</summary>
    private readonly record struct Counts(int Tests, int Failures, int Errors, int Skipped)
    {
        public static Counts Of(PolicyVerdict verdict)
        {
            int items = 0;
            int failing = 0;
            int omitted = 0;
            foreach (ReportedOccurrence item in ReportedOccurrence.Open(verdict))
            {
                bool isListed = items < MaxCases;
                items += isListed ? 1 : 0;
                failing += item.Fails && isListed ? 1 : 0;
                omitted += item.Fails && !isListed ? 1 : 0;
            }

            int rest = omitted > 0 ? 1 : 0;
            int suppressed = Math.Min(verdict.Accepted.Sum(finding => finding.Occurrences.Length), MaxCases);
            return new Counts(1 + QuietRules(verdict).Count() + items + rest + suppressed, failing + rest, HasError(verdict) ? 1 : 0, suppressed);
        }

        public void WriteTo(XmlReport xml)
        {
            xml.Attribute("tests", Tests.ToString(CultureInfo.InvariantCulture));
            xml.Attribute("failures", Failures.ToString(CultureInfo.InvariantCulture));
            xml.Attribute("errors", Errors.ToString(CultureInfo.InvariantCulture));
            xml.Attribute("skipped", Skipped.ToString(CultureInfo.InvariantCulture));
        }
    }
}
