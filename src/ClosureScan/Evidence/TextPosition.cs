namespace ClosureScan.Evidence;

/// <summary>Where in a text a byte lies.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in bytes, from 1.</param>
internal readonly record struct TextPosition(int Line, int Column)
{
    /// <summary>The position of <paramref name="offset"/> in a line that starts at <paramref name="lineStart"/>.</summary>
    public static TextPosition At(int line, long lineStart, long offset) =>
        new(line, (int)Math.Min(int.MaxValue, offset - lineStart + 1));
}
