using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Facts;

/// <summary>Reads the fields of one record; none of them reaches behind its end.</summary>
/// <param name="bytes">The record.</param>
/// <param name="offset">Where in the document its first byte lies.</param>
/// <param name="total">The sum of all numbers of the document, which no honest one brings near to 2^63: then no sum of some of them overflows.</param>
internal sealed class FactsRecord(ReadOnlyMemory<byte> bytes, long offset, StrongBox<long> total)
{
    private int _position;

    /// <summary>Where in the document the record lies.</summary>
    public long Offset => offset;

    /// <summary>What is not read yet.</summary>
    private ReadOnlySpan<byte> Rest => bytes.Span[_position..];

    /// <summary>A byte that is a choice among so many.</summary>
    public byte Choice(int count)
    {
        byte value = Take(1)[0];
        return value < count ? value : throw Wrong($"a number below {count} was expected");
    }

    /// <summary>A value of an enumeration whose members are numbered from 0.</summary>
    public T Choice<T>()
        where T : struct, Enum => Enum.GetValues<T>()[Choice(Enum.GetValues<T>().Length)];

    public bool Flag() => Choice(2) == 1;

    /// <summary>A length, a count, a size.</summary>
    public long Number() => Add(ReadNumber());

    /// <summary>Takes a number into the sum.</summary>
    public long Add(long number)
    {
        total.Value = number <= long.MaxValue - total.Value ? total.Value + number : throw Wrong("the numbers together are larger than those of any store");
        return number;
    }

    /// <summary>How many items follow: each takes a byte at least.</summary>
    public int Count() => Number() is var count && count <= Rest.Length ? (int)count : throw Wrong("there are fewer items than announced");

    /// <summary>A number that no more than two thousand million of anything need.</summary>
    public int Small() => Number() is <= int.MaxValue and long number ? (int)number : throw Wrong("a number is too large");

    public string Text() => Encoding.UTF8.GetString(Take(Count()));

    public NarHash Hash() => new(Take(NarHash.Length));

    public StorePathHash PathHash() => StorePathHash.TryParse(Take(StorePathHash.Length), out StorePathHash hash) ? hash : throw Wrong("the hash of a store path was expected");

    /// <summary>What may be missing.</summary>
    public T? Optional<T>(Func<FactsRecord, T> read)
        where T : class => Flag() ? read(this) : null;

    /// <summary>What may be missing.</summary>
    public T? OptionalValue<T>(Func<FactsRecord, T> read)
        where T : struct => Flag() ? read(this) : null;

    /// <summary>Items, as many as their count says.</summary>
    public ImmutableArray<T> Items<T>(Func<FactsRecord, T> read)
    {
        ImmutableArray<T>.Builder items = ImmutableArray.CreateBuilder<T>();
        for (int count = Count(); count > 0; count--)
        {
            items.Add(read(this));
        }

        return items.DrainToImmutable();
    }

    /// <summary>Refuses a record with more in it than was read.</summary>
    public void End()
    {
        if (Rest.Length > 0)
        {
            throw Wrong("the record is longer than what it holds");
        }
    }

    public FactsFormatException Wrong(string problem) => new(offset + _position, problem + ".");

    private long ReadNumber()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = Take(1)[0];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value <= long.MaxValue ? (long)value : throw Wrong("a number is too large");
            }
        }

        throw Wrong("a number has no end");
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (Rest.Length < length)
        {
            throw Wrong("the record is shorter than what it holds");
        }

        ReadOnlySpan<byte> taken = Rest[..length];
        _position += length;
        return taken;
    }
}
