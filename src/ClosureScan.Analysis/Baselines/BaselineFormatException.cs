using ClosureScan.Media;

namespace ClosureScan.Analysis.Baselines;

/// <summary>A baseline file that is none.</summary>
public sealed class BaselineFormatException : ClosureScanException
{
    internal BaselineFormatException(string file, int line, string problem)
        : base(VisibleText.Of($"{file}:{line}: {problem}"))
    {
        File = file;
        Line = line;
    }

    /// <inheritdoc/>
    public override ErrorKind Kind => ErrorKind.Malformed;

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The line, counted from 1.</summary>
    public int Line { get; }
}
