using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Policy;

namespace ClosureScan.Analysis.Reports.Html;

/// <summary>
/// One self-contained page for anybody with a browser: what it says first needs no script, its pictures and searches do; it asks no network for
/// anything, and what comes from the closure stands in it as text. At most some <see cref="MaxBytes"/> bytes: it tells what it leaves out.
/// </summary>
internal static class HtmlPage
{
    /// <summary>The bytes that a page keeps to: what viewers of artefacts still show, and mail still carries.</summary>
    public const long MaxBytes = 10_000_000;

    /// <summary>Writes a verdict: what fails, what the closure drags in and why, what to cut, and every size.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    public static void Write(PolicyVerdict verdict, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(output);
        new ClosurePage(verdict, verdict.Report.Cut(), output, version).Write();
    }

    /// <summary>Writes a cut, in the page of the closure that it is of.</summary>
    /// <param name="report">The closure, analysed.</param>
    /// <param name="cut">The cut.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    public static void Write(ClosureReport report, ClosureCut cut, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(cut);
        ArgumentNullException.ThrowIfNull(output);
        new ClosurePage(PolicyJudge.Judge(report, ClosurePolicy.Default), cut, output, version).Write();
    }

    /// <summary>Writes what changed between two closures.</summary>
    /// <param name="diff">The difference.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    public static void Write(ClosureDiff diff, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(diff);
        ArgumentNullException.ThrowIfNull(output);
        new DiffPage(diff, new PageWriter(output, MaxBytes), version).Write();
    }

    /// <summary>Writes how equal a cross-built closure is to the native one.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    public static void Write(ClosureComparison comparison, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(output);
        new ComparisonPage(comparison, new PageWriter(output, MaxBytes), version).Write();
    }
}
