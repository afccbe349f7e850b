using System.Globalization;
using ClosureScan.Media;

namespace ClosureScan.Analysis.Reports;

/// <summary>
/// A line that GitHub's runner obeys, <c>::error file=…,line=…,title=…::message</c>. Text from input gets into one only here: visible, and with
/// the runner's own escapes for what means something to it.
/// </summary>
internal readonly struct WorkflowCommand
{
    private readonly string _line;

    private WorkflowCommand(string line) => _line = line;

    /// <summary>An annotation of a line in a file.</summary>
    public static WorkflowCommand Annotation(string level, string file, int line, string title, string message) => new(string.Create(
        CultureInfo.InvariantCulture, $"::{level} file={Property(file)},line={line},title={Property(title)}::{Data(message)}"));

    /// <summary>An annotation of the whole.</summary>
    public static WorkflowCommand Annotation(string level, string title, string message) => new($"::{level} title={Property(title)}::{Data(message)}");

    public override string ToString() => _line;

    /// <summary>The text behind the second pair of colons.</summary>
    private static string Data(string text) => VisibleText.Of(text).Replace("%", "%25", StringComparison.Ordinal);

    /// <summary>A property before it, where colons and commas mean something.</summary>
    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
