using System.Collections;
using System.Runtime.CompilerServices;
using CommunityToolkit.HighPerformance.Buffers;

namespace ClosureScan.Evidence;

/// <summary>
/// The evidence of one reference: every file that holds it, one item a file, mechanism, usage and path below the target, in the order of the NAR.
/// Immutable; may be shared between threads. Kept as bytes, about a tenth of what the objects take, in a temporary file where a scan found very many:
/// items are made when they are asked for, so go through a long list once rather than by index, which costs a walk to the item.
/// Two lists are equal when their items are.
/// </summary>
[CollectionBuilder(typeof(EvidenceList), nameof(Create))]
public readonly struct EvidenceList : IEnumerable<ReferenceEvidence>, IEquatable<EvidenceList>
{
    private readonly EvidenceBlock? _block;
    private readonly long _start;

    internal EvidenceList(EvidenceBlock block, long start, int count)
    {
        _block = block;
        _start = start;
        Length = count;
    }

    /// <summary>How many items.</summary>
    public int Length { get; }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The item at an index; costs a walk over those before it.</summary>
    public ReferenceEvidence this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
            Enumerator items = GetEnumerator();
            for (int skipped = 0; skipped <= index; skipped++)
            {
                items.MoveNext();
            }

            return items.Current;
        }
    }

    /// <summary>Makes a list.</summary>
    internal static EvidenceList Create(ReadOnlySpan<ReferenceEvidence> items)
    {
        if (items.IsEmpty)
        {
            return default;
        }

        using ArrayPoolBufferWriter<byte> files = new();
        using ArrayPoolBufferWriter<byte> list = new();
        EvidenceFile? last = null;
        long lastStart = 0;
        long previous = 0;
        foreach (ReferenceEvidence item in items)
        {
            EvidenceFile file = new(item.File, item.Executable, item.FileSize, NarOffset: 0);
            if (last != file)
            {
                last = file;
                lastStart = files.WrittenCount;
                EvidenceCodec.WriteFile(files, file);
            }

            EvidenceCodec.WriteItem(
                list, lastStart - previous, item.NarOffset - item.Offset, EvidenceItem.From(item), System.Text.Encoding.UTF8.GetBytes(item.Context ?? ""));
            previous = lastStart;
        }

        byte[] memory = [.. files.WrittenSpan, .. list.WrittenSpan];
        return new EvidenceList(new EvidenceBlock(memory), files.WrittenCount, items.Length);
    }

    /// <summary>Goes through the items.</summary>
    public Enumerator GetEnumerator() => new(_block, _start, Length);

    /// <inheritdoc/>
    IEnumerator<ReferenceEvidence> IEnumerable<ReferenceEvidence>.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(EvidenceList other) =>
        Length == other.Length && ((_block == other._block && _start == other._start) || this.SequenceEqual(other));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EvidenceList other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => IsEmpty ? 0 : HashCode.Combine(Length, this[0]);

    /// <summary>Whether two lists have equal items.</summary>
    public static bool operator ==(EvidenceList left, EvidenceList right) => left.Equals(right);

    /// <summary>Whether two lists differ.</summary>
    public static bool operator !=(EvidenceList left, EvidenceList right) => !left.Equals(right);

    /// <summary>Goes through a list, making one item after the other.</summary>
    public struct Enumerator : IEnumerator<ReferenceEvidence>
    {
        private readonly EvidenceBlock? _block;
        private readonly long _start;
        private readonly int _length;
        private EvidenceReader _reader;
        private EvidenceFile _file;
        private long _fileStart;
        private int _index;

        internal Enumerator(EvidenceBlock? block, long start, int length)
        {
            _block = block;
            _start = start;
            _length = length;
            Current = null!;
            Reset();
        }

        /// <inheritdoc/>
        public ReferenceEvidence Current { get; private set; }

        /// <inheritdoc/>
        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext()
        {
            if (_index == _length)
            {
                return false;
            }

            _index++;
            long step = EvidenceCodec.Unfold(_reader.ReadNumber());
            if (step != 0 || _index == 1)
            {
                _fileStart += step;
                EvidenceReader files = new(_block!, _fileStart);
                _file = EvidenceCodec.ReadFile(ref files);
            }

            Current = EvidenceCodec.ReadItem(ref _reader, _file);
            return true;
        }

        /// <inheritdoc/>
        public void Reset()
        {
            _index = 0;
            _fileStart = 0;
            _reader = _block is null ? default : new EvidenceReader(_block, _start);
        }

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
