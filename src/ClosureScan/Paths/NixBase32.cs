namespace ClosureScan.Paths;

/// <summary>
/// Nix's base-32: the alphabet without <c>e</c>, <c>o</c>, <c>u</c> and <c>t</c>, most significant digit first,
/// read from the last byte to the first (Nix: src/libutil/base-nix-32.cc).
/// </summary>
internal static class NixBase32
{
    /// <summary>The 32 digits in order of value.</summary>
    public const string Alphabet = "0123456789abcdfghijklmnpqrsvwxyz";

    private static ReadOnlySpan<byte> Digits => "0123456789abcdfghijklmnpqrsvwxyz"u8;

    /// <summary>Whether <paramref name="value"/> is one of the 32 lower-case digits.</summary>
    public static bool IsDigit(byte value) => DigitValue(value) >= 0;

    /// <summary>How many digits encode <paramref name="byteCount"/> bytes: ⌈8n/5⌉, so 32 for 20 bytes and 52 for 32.</summary>
    public static int EncodedLength(int byteCount) => (byteCount * 8 + 4) / 5;

    /// <summary>Encodes <paramref name="bytes"/>.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        int length = EncodedLength(bytes.Length);
        Span<char> text = length <= 128 ? stackalloc char[length] : new char[length];
        for (int n = length - 1, position = 0; n >= 0; n--, position++)
        {
            int bit = n * 5;
            int index = bit >> 3;
            int shift = bit & 7;
            int digit = bytes[index] >> shift;
            if (index + 1 < bytes.Length)
            {
                digit |= bytes[index + 1] << (8 - shift);
            }

            text[position] = (char)Digits[digit & 31];
        }

        return new string(text);
    }

    /// <summary>
    /// Decodes <paramref name="text"/> into <paramref name="bytes"/>, whose length says how many bytes are expected.
    /// False when a character is no digit, the length does not fit, or unused high bits are set.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        if (text.Length != EncodedLength(bytes.Length))
        {
            return false;
        }

        bytes.Clear();
        for (int position = 0; position < text.Length; position++)
        {
            char c = text[text.Length - 1 - position];
            int digit = c < 128 ? DigitValue((byte)c) : -1;
            if (digit < 0)
            {
                return false;
            }

            int bit = position * 5;
            int index = bit >> 3;
            int shift = bit & 7;
            bytes[index] |= (byte)(digit << shift);
            int carry = digit >> (8 - shift);
            if (index + 1 < bytes.Length)
            {
                bytes[index + 1] |= (byte)carry;
            }
            else if (carry != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int DigitValue(byte value) => value switch
    {
        >= (byte)'0' and <= (byte)'9' => value - '0',
        >= (byte)'a' and <= (byte)'d' => value - 'a' + 10,
        >= (byte)'f' and <= (byte)'n' => value - 'f' + 14,
        >= (byte)'p' and <= (byte)'s' => value - 'p' + 23,
        >= (byte)'v' and <= (byte)'z' => value - 'v' + 27,
        _ => -1,
    };
}
