using System.Security.Cryptography;

namespace ClosureScan.Facts;

/// <summary>Writes records, each behind its length, and at the end the SHA-256 of everything before.</summary>
internal sealed class FactsOutput(Stream output) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        _hash.AppendData(bytes);
    }

    /// <summary>Writes one record, which may come in two pieces.</summary>
    public void Record(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> more = default)
    {
        Span<byte> length = stackalloc byte[10];
        int count = 0;
        ulong value = (ulong)bytes.Length + (ulong)more.Length;
        for (; value >= 0x80; value >>= 7)
        {
            length[count++] = (byte)(value | 0x80);
        }

        length[count++] = (byte)value;
        Raw(length[..count]);
        Raw(bytes);
        Raw(more);
    }

    public void End() => output.Write(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();
}
