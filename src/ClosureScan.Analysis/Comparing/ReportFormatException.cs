namespace ClosureScan.Analysis.Comparing;

/// <summary>A saved report that is none, or that lacks what a comparison needs.</summary>
public sealed class ReportFormatException : FormatException
{
    internal ReportFormatException(string location, string problem)
        : base($"{location}: {problem}") => Location = location;

    /// <summary>The member that is wrong: <c>paths[3].narSize</c>; the line and column where it is no JSON at all.</summary>
    public string Location { get; }
}
