using System.Globalization;
using System.Text;

namespace ClosureScan.Benchmarks.Closures;

/// <summary>What has to be reached, what was measured, and whether that is enough.</summary>
internal sealed class TargetTable
{
    private readonly StringBuilder _rows = new();

    /// <summary>Adds a row of a ratio to a peer or a ceiling.</summary>
    public void Add(string what, double atLeast, string ofWhat, string measured, double ratio) =>
        AddRow(what, string.Create(CultureInfo.InvariantCulture, $"{atLeast:0.##} of {ofWhat}"), measured, ratio.ToString("0.00", CultureInfo.InvariantCulture), ratio >= atLeast);

    /// <summary>Adds a row that is no ratio.</summary>
    public void Add(string what, string target, string measured, bool met) => AddRow(what, target, measured, "", met);

    /// <summary>Adds a row that could not be measured here.</summary>
    public void Skip(string what, string reason) => _rows.AppendLine(CultureInfo.InvariantCulture, $"| {what} | | not measured: {reason} | | |");

    /// <summary>The Markdown table.</summary>
    public override string ToString() => "| what | at least | measured | ratio | met |\n|---|---|---|---:|---|\n" + _rows;

    private void AddRow(string what, string target, string measured, string ratio, bool met) =>
        _rows.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {target} | {measured} | {ratio} | {(met ? "yes" : "**no**")} |");
}
