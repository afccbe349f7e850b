using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization;

namespace ClosureScan.Paths;

/// <summary>
/// The hash part of a store path: exactly 32 digits of <see cref="NixBase32"/>, kept as their ASCII bytes.
/// This is what Nix searches for; neither the store directory before it nor the name behind it counts.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<StorePathHash>))]
public readonly struct StorePathHash : IEquatable<StorePathHash>, IComparable<StorePathHash>, IParsable<StorePathHash>
{
    /// <summary>Length in characters and in bytes: 160 bits at 5 bits a digit.</summary>
    public const int Length = 32;

    // Big-endian words, so that comparing words compares text.
    private readonly ulong _a, _b, _c, _d;

    private StorePathHash(ReadOnlySpan<byte> digits)
    {
        _a = BinaryPrimitives.ReadUInt64BigEndian(digits);
        _b = BinaryPrimitives.ReadUInt64BigEndian(digits[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(digits[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(digits[24..]);
    }

    /// <summary>Reads a hash from 32 ASCII bytes. False when the length or a digit is wrong.</summary>
    public static bool TryParse(ReadOnlySpan<byte> digits, out StorePathHash hash)
    {
        hash = default;
        if (digits.Length != Length)
        {
            return false;
        }

        foreach (byte digit in digits)
        {
            if (!NixBase32.IsDigit(digit))
            {
                return false;
            }
        }

        hash = new StorePathHash(digits);
        return true;
    }

    /// <summary>Reads a hash from 32 characters. False when the length or a digit is wrong.</summary>
    public static bool TryParse(ReadOnlySpan<char> digits, out StorePathHash hash)
    {
        hash = default;
        if (digits.Length != Length)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[Length];
        return Encoding.UTF8.TryGetBytes(digits, bytes, out int written) && written == Length && TryParse(bytes, out hash);
    }

    /// <summary>Reads a hash from 32 characters.</summary>
    /// <exception cref="FormatException"><paramref name="digits"/> is not 32 digits of <see cref="NixBase32"/>.</exception>
    public static StorePathHash Parse(ReadOnlySpan<char> digits) => TryParse(digits, out StorePathHash hash)
        ? hash
        : throw new FormatException($"\"{digits}\" is no store path hash: expected 32 characters of {NixBase32.Alphabet}.");

    /// <summary>Writes the 32 ASCII bytes to the start of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="destination"/> is shorter than 32 bytes.</exception>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    /// <inheritdoc/>
    public bool Equals(StorePathHash other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StorePathHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_a, _d);

    /// <inheritdoc/>
    public int CompareTo(StorePathHash other)
    {
        int order = _a.CompareTo(other._a);
        order = order != 0 ? order : _b.CompareTo(other._b);
        order = order != 0 ? order : _c.CompareTo(other._c);
        return order != 0 ? order : _d.CompareTo(other._d);
    }

    /// <summary>The 32 characters.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Encoding.ASCII.GetString(bytes);
    }

    static StorePathHash IParsable<StorePathHash>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<StorePathHash>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out StorePathHash result) => TryParse(s, out result);

    /// <summary>Whether both are the same 32 digits.</summary>
    public static bool operator ==(StorePathHash left, StorePathHash right) => left.Equals(right);

    /// <summary>Whether the digits differ.</summary>
    public static bool operator !=(StorePathHash left, StorePathHash right) => !left.Equals(right);
}
