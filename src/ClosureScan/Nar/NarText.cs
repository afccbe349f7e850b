using System.Buffers;
using System.Text;

namespace ClosureScan.Nar;

/// <summary>Text for people out of names and targets, which are bytes in a NAR and need not be UTF-8.</summary>
internal static class NarText
{
    /// <summary>Decodes UTF-8; each byte that is none becomes <c>\xNN</c>. Two different inputs may give equal text: show it, do not compare it.</summary>
    public static string Escape(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        StringBuilder text = new(bytes.Length + 16);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed) == OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (byte bad in bytes[..consumed])
                {
                    text.Append("\\x").Append(Convert.ToHexStringLower([bad]));
                }
            }

            bytes = bytes[consumed..];
        }

        return text.ToString();
    }
}
