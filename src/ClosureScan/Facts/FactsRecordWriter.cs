using System.Buffers;
using System.Collections.Immutable;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Facts;

/// <summary>Writes the fields of one record, as <see cref="FactsRecord"/> reads them.</summary>
internal sealed class FactsRecordWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The record so far.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Clear() => _bytes.ResetWrittenCount();

    public void Choice(int value) => _bytes.Write([checked((byte)value)]);

    public void Flag(bool value) => Choice(value ? 1 : 0);

    public void Number(long value) => EvidenceCodec.WriteNumber(_bytes, checked((ulong)value));

    public void Text(string text) => EvidenceCodec.WriteText(_bytes, text);

    public void Hash(NarHash hash)
    {
        hash.CopyTo(_bytes.GetSpan(NarHash.Length)[..NarHash.Length]);
        _bytes.Advance(NarHash.Length);
    }

    public void PathHash(StorePathHash hash)
    {
        hash.CopyTo(_bytes.GetSpan(StorePathHash.Length)[..StorePathHash.Length]);
        _bytes.Advance(StorePathHash.Length);
    }

    /// <summary>What may be missing.</summary>
    public void Optional<T>(T? value, Action<T> write)
        where T : class
    {
        Flag(value is not null);
        if (value is not null)
        {
            write(value);
        }
    }

    /// <summary>What may be missing.</summary>
    public void OptionalValue<T>(T? value, Action<T> write)
        where T : struct
    {
        Flag(value is not null);
        if (value is { } known)
        {
            write(known);
        }
    }

    /// <summary>Items with their count before them.</summary>
    public void Items<T>(ImmutableArray<T> items, Action<T> write)
    {
        Number(items.Length);
        foreach (T item in items)
        {
            write(item);
        }
    }
}
