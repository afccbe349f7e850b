using ClosureScan.Media;

namespace ClosureScan.Stores.Roots;

/// <summary>What should list roots does not.</summary>
internal sealed class RootListException : ClosureScanException
{
    internal RootListException(string file, int line, string problem)
        : base(VisibleText.Of(line > 0 ? $"{file}:{line}: {problem}" : $"{file}: {problem}"))
    {
        File = file;
        Line = line;
    }

    /// <inheritdoc/>
    public override ErrorKind Kind => ErrorKind.Malformed;

    /// <summary>The file or folder.</summary>
    public string File { get; }

    /// <summary>The line, counted from 1; 0 when it is about the whole.</summary>
    public int Line { get; }
}
