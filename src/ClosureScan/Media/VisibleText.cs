using System.Buffers;
using System.Globalization;
using System.Text;

namespace ClosureScan.Media;

/// <summary>
/// Text from input as a person may see it, in any medium: a line feed, an escape, whatever else a terminal acts upon, what reorders or
/// hides text, and half of a surrogate pair become <c>\xNN</c>, byte for byte of their UTF-8. All else stays. Show it, do not compare it.
/// </summary>
/// <remarks>
/// The log of a CI system obeys more than escapes: GitHub's runner takes <c>##[</c> anywhere, and a line that begins with <c>::</c>, for
/// commands of its own, Azure <c>##vso[</c>, TeamCity <c>##teamcity[</c>. A character of these is encoded as well.
/// </remarks>
internal static class VisibleText
{
    private static readonly SearchValues<char> PlainAscii = SearchValues.Create([.. Enumerable.Range(0x20, 0x5f).Select(value => (char)value)]);

    private static readonly SearchValues<string> Commands = SearchValues.Create(["##[", "##vso[", "##teamcity["], StringComparison.OrdinalIgnoreCase);

    /// <summary>The text of <paramref name="text"/>; the same object where there is nothing to encode.</summary>
    public static string Of(string text)
    {
        string visible = text.AsSpan().ContainsAnyExcept(PlainAscii) ? Encode(text) : text;
        return visible.AsSpan().ContainsAny(Commands) ? visible.Replace("##", "#\\x23", StringComparison.Ordinal) : visible;
    }

    /// <summary>Such a text where it is the first of a line.</summary>
    public static ReadOnlySpan<char> AtLineStart(ReadOnlySpan<char> visible)
    {
        ReadOnlySpan<char> rest = visible.TrimStart();
        return rest is [':', ':', ..] or ":" ? $"{visible[..^rest.Length]}\\x3a{rest[1..]}" : visible;
    }

    /// <summary>Whether a character is shown as itself.</summary>
    public static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);

    /// <summary>Appends <c>\xNN</c> for each byte.</summary>
    public static void AppendBytes(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            text.Append("\\x").Append(value.ToString("x2", CultureInfo.InvariantCulture));
        }
    }

    private static string Encode(ReadOnlySpan<char> rest)
    {
        StringBuilder text = new(rest.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        while (!rest.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf16(rest, out Rune rune, out int length);
            if (status == OperationStatus.Done && IsVisible(rune))
            {
                text.Append(rest[..length]);
            }
            else
            {
                // Half of a pair has no UTF-8; it is told as the replacement character's.
                AppendBytes(text, bytes[..rune.EncodeToUtf8(bytes)]);
            }

            rest = rest[length..];
        }

        return text.ToString();
    }
}
