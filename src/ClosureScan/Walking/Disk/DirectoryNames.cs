using System.Buffers;
using System.Buffers.Binary;

namespace ClosureScan.Walking.Disk;

/// <summary>The names in one open directory, as bytes, in the order of a NAR. Its buffers serve one directory after the other, and come from the pool.</summary>
internal sealed class DirectoryNames : IDisposable
{
    private readonly Comparison<Slot> _compare;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(1024);
    private Slot[] _slots = ArrayPool<Slot>.Shared.Rent(32);
    private int _used;
    private int _count;
    private int _next;

    public DirectoryNames() => _compare = Compare;

    /// <summary>The name at hand, followed by a zero byte, which C wants.</summary>
    public ReadOnlySpan<byte> TerminatedName => _bytes.AsSpan(_slots[_next - 1].Start, _slots[_next - 1].Length + 1);

    /// <summary>What the name at hand stands for, if the directory told.</summary>
    public DiskNodeKind Kind => _slots[_next - 1].Kind;

    /// <summary>Forgets all names.</summary>
    public void Clear() => _used = _count = _next = 0;

    /// <summary>Adds a name in any order.</summary>
    public void Add(ReadOnlySpan<byte> name, DiskNodeKind kind)
    {
        if (_used + name.Length + 1 > _bytes.Length)
        {
            Grow(ref _bytes, _used, name.Length + 1);
        }

        if (_count == _slots.Length)
        {
            Grow(ref _slots, _count, 1);
        }

        name.CopyTo(_bytes.AsSpan(_used));
        _bytes[_used + name.Length] = 0;
        _slots[_count++] = new Slot(Prefix(name), _used, name.Length, kind);
        _used += name.Length + 1;
    }

    /// <summary>Sorts the names by their bytes and goes before the first.</summary>
    public void Sort()
    {
        _slots.AsSpan(0, _count).Sort(_compare);
        _next = 0;
    }

    /// <summary>Goes to the next name. False when there is none.</summary>
    public bool MoveNext()
    {
        if (_next == _count)
        {
            return false;
        }

        _next++;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        ArrayPool<Slot>.Shared.Return(_slots);
        _bytes = [];
        _slots = [];
        Clear();
    }

    private static void Grow<T>(ref T[] array, int used, int more)
    {
        T[] grown = ArrayPool<T>.Shared.Rent(Math.Max(2 * array.Length, used + more));
        array.AsSpan(0, used).CopyTo(grown);
        ArrayPool<T>.Shared.Return(array);
        array = grown;
    }

    // The first eight bytes as a number decide nearly every comparison; names hold no zero bytes, so zeros fill up short ones.
    private static ulong Prefix(ReadOnlySpan<byte> name)
    {
        Span<byte> first = stackalloc byte[sizeof(ulong)];
        first.Clear();
        name[..Math.Min(name.Length, first.Length)].CopyTo(first);
        return BinaryPrimitives.ReadUInt64BigEndian(first);
    }

    private int Compare(Slot left, Slot right)
    {
        int order = left.Prefix.CompareTo(right.Prefix);
        return order != 0 ? order
            : _bytes.AsSpan(left.Start, left.Length).SequenceCompareTo(_bytes.AsSpan(right.Start, right.Length));
    }

    private readonly record struct Slot(ulong Prefix, int Start, int Length, DiskNodeKind Kind);
}
