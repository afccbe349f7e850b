using System.Globalization;
using ClosureScan.Media;

namespace ClosureScan.Facts;

/// <summary>Bytes are no facts of a scan, or not of a version that this program reads, or damaged.</summary>
public sealed class FactsFormatException : ClosureScanException
{
    internal FactsFormatException(long offset, string problem)
        : base(VisibleText.Of(string.Create(CultureInfo.InvariantCulture, $"byte {offset}: {problem}"))) => Offset = offset;

    /// <inheritdoc/>
    public override ErrorKind Kind => ErrorKind.Malformed;

    /// <summary>Where in the document, in bytes from its beginning: the byte that is wrong, or the start of the record that holds it.</summary>
    public long Offset { get; }
}
