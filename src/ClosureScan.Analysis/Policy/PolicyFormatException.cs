using ClosureScan.Media;

namespace ClosureScan.Analysis.Policy;

/// <summary>A policy file that is none.</summary>
public sealed class PolicyFormatException : ClosureScanException
{
    internal PolicyFormatException(string file, int line, int column, string problem)
        : base(VisibleText.Of($"{file}:{line}:{column}: {problem}"))
    {
        File = file;
        Line = line;
        Column = column;
    }

    /// <inheritdoc/>
    public override ErrorKind Kind => ErrorKind.Malformed;

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The line, counted from 1.</summary>
    public int Line { get; }

    /// <summary>The column in characters, counted from 1.</summary>
    public int Column { get; }
}
