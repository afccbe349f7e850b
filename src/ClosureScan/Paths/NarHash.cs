using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace ClosureScan.Paths;

/// <summary>The SHA-256 of a path's NAR. Nix writes it as <c>sha256:</c> and 52 base-32 digits, 64 hex digits or base-64 (SRI).</summary>
[JsonConverter(typeof(TextJsonConverter<NarHash>))]
public readonly struct NarHash : IEquatable<NarHash>, IParsable<NarHash>
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    private readonly ulong _a, _b, _c, _d;

    /// <summary>Takes the 32 bytes of a SHA-256.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not 32 bytes long.</exception>
    public NarHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"A SHA-256 has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>
    /// Reads <c>sha256:&lt;base-32 or hex&gt;</c>, <c>sha256-&lt;base-64&gt;</c>, or the bare digits.
    /// False when the algorithm is another or the digits are none.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out NarHash hash)
    {
        hash = default;
        ReadOnlySpan<char> digits = text.StartsWith("sha256:") || text.StartsWith("sha256-") ? text[7..] : text;
        Span<byte> bytes = stackalloc byte[Length];
        bool read = digits.Length switch
        {
            52 => NixBase32.TryDecode(digits, bytes),
            64 => Convert.FromHexString(digits, bytes, out _, out int written) == System.Buffers.OperationStatus.Done && written == Length,
            44 => Convert.TryFromBase64Chars(digits, bytes, out int written) && written == Length,
            _ => false,
        };
        if (read)
        {
            hash = new NarHash(bytes);
        }

        return read;
    }

    static NarHash IParsable<NarHash>.Parse(string s, IFormatProvider? provider) => TryParse(s, out NarHash hash) ? hash : throw new FormatException($"\"{s}\" is no SHA-256 of a NAR.");

    static bool IParsable<NarHash>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out NarHash result) => TryParse(s, out result);

    /// <summary>Writes the 32 bytes to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    /// <inheritdoc/>
    public bool Equals(NarHash other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NarHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_a, _b);

    /// <summary><c>sha256:</c> and 52 base-32 digits, as narinfo files have it.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return "sha256:" + NixBase32.Encode(bytes);
    }

    /// <summary>Whether both are the same 32 bytes.</summary>
    public static bool operator ==(NarHash left, NarHash right) => left.Equals(right);

    /// <summary>Whether the bytes differ.</summary>
    public static bool operator !=(NarHash left, NarHash right) => !left.Equals(right);
}
