using System.Buffers;
using System.Text;
using ClosureScan.Media;

namespace ClosureScan.Evidence;

/// <summary>
/// Makes bytes of unknown origin safe to print: valid UTF-8 stays as it is, while every byte of a control character,
/// of a character that reorders or hides text, and of what is no UTF-8 becomes <c>\xNN</c>.
/// </summary>
internal static class PrintableText
{
    private static readonly SearchValues<byte> PrintableAscii = SearchValues.Create([.. Enumerable.Range(0x20, 0x5f).Select(value => (byte)value)]);

    /// <summary>Whether <paramref name="bytes"/> are their own text.</summary>
    public static bool IsPrintableAscii(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept(PrintableAscii);

    /// <summary>The text of <paramref name="bytes"/>.</summary>
    public static string From(ReadOnlySpan<byte> bytes)
    {
        if (IsPrintableAscii(bytes))
        {
            return Encoding.ASCII.GetString(bytes);
        }

        StringBuilder text = new(bytes.Length + 16);
        Span<char> characters = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out Rune rune, out int length);
            if (status == OperationStatus.Done && VisibleText.IsVisible(rune))
            {
                text.Append(characters[..rune.EncodeToUtf16(characters)]);
            }
            else
            {
                VisibleText.AppendBytes(text, bytes[..length]);
            }

            bytes = bytes[length..];
        }

        return text.ToString();
    }
}
