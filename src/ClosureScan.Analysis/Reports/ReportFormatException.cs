using ClosureScan.Media;

namespace ClosureScan.Analysis.Reports;

/// <summary>A saved report that is none, or that lacks what its reader needs.</summary>
public sealed class ReportFormatException : ClosureScanException
{
    internal ReportFormatException(string location, string problem)
        : base(VisibleText.Of(location.Length == 0 ? problem : $"{location}: {problem}")) => Location = location;

    /// <inheritdoc/>
    public override ErrorKind Kind => ErrorKind.Malformed;

    /// <summary>The member that is wrong: <c>paths[3].narSize</c>; the line and column where it is no JSON at all; empty for the whole.</summary>
    public string Location { get; }
}
