using System.Runtime.InteropServices;

namespace ClosureScan.Evidence;

/// <summary>
/// What has been found in the file that is being read. Where a hit lies in an ELF file is known only when the file has ended, so hits are
/// kept until then. The first <see cref="MaxHits"/> are kept one by one; a later one is counted with the last that names the same path below the
/// same target in the same way, and kept when there is none. Where those become too many as well, the path below counts no more: what is judged, the
/// usage, is never lost.
/// </summary>
internal sealed class FileHits
{
    /// <summary>A debug file of a large C++ library has some thousands of hits.</summary>
    public const int MaxHits = 65_536;

    /// <summary>The bytes of contexts that are kept for a file: those of some 20,000 hits.</summary>
    private const int MaxContextBytes = 4 * 1024 * 1024;

    // No path below a store path is empty.
    private const string AnySubPath = "";

    private readonly int[] _slotOfTarget;
    private readonly Dictionary<(int Slot, Usage Usage, string? SubPath), int> _kinds = [];
    private int[] _targets = new int[16];
    private long[] _counts = new long[16];
    private FileHit[] _hits = new FileHit[16];
    private byte[] _contexts = [];
    private int _hitCount;
    private int _contextLength;

    /// <summary>Makes a table for hits on a set of <paramref name="targetCount"/> targets.</summary>
    public FileHits(int targetCount)
    {
        _slotOfTarget = new int[targetCount];
        Array.Fill(_slotOfTarget, -1);
    }

    /// <summary>How many different targets were found. They are numbered from 0, in the order of their first hits: their slots.</summary>
    public int TargetCount { get; private set; }

    /// <summary>The hits that were kept, in the order of their offsets. Valid until the next change.</summary>
    public ReadOnlySpan<FileHit> Hits => _hits.AsSpan(0, _hitCount);

    /// <summary>Which target a slot stands for: its index in the set.</summary>
    public int TargetOf(int slot) => _targets[slot];

    /// <summary>How many hits a slot has.</summary>
    public long CountOf(int slot) => _counts[slot];

    /// <summary>The bytes of a hit's context; empty when they were not kept.</summary>
    public ReadOnlySpan<byte> ContextOf(in FileHit hit) => _contexts.AsSpan(hit.ContextStart, hit.ContextLength);

    /// <summary>Takes a hit.</summary>
    /// <param name="target">On which target.</param>
    /// <param name="hit">The hit; its slot and context are filled in here.</param>
    /// <param name="context">The bytes around it.</param>
    public void Add(int target, FileHit hit, ReadOnlySpan<byte> context)
    {
        hit.Slot = SlotOf(target);
        hit.Count = 1;
        _counts[hit.Slot]++;
        if (_hitCount >= MaxHits && IsKnown(ref hit))
        {
            return;
        }

        if (_contextLength + context.Length <= MaxContextBytes)
        {
            if (_contexts.Length < _contextLength + context.Length)
            {
                Array.Resize(ref _contexts, Math.Max(2 * _contexts.Length, Math.Max(4096, _contextLength + context.Length)));
            }

            context.CopyTo(_contexts.AsSpan(_contextLength));
            (hit.ContextStart, hit.ContextLength) = (_contextLength, context.Length);
            _contextLength += context.Length;
        }

        if (_hitCount == _hits.Length)
        {
            Array.Resize(ref _hits, 2 * _hitCount);
        }

        _hits[_hitCount++] = hit;
    }

    /// <summary>Makes ready for the next file. Costs only what was found.</summary>
    public void Clear()
    {
        for (int slot = 0; slot < TargetCount; slot++)
        {
            _slotOfTarget[_targets[slot]] = -1;
        }

        TargetCount = 0;
        _hitCount = 0;
        _contextLength = 0;
        _kinds.Clear();
    }

    private int SlotOf(int target)
    {
        int slot = _slotOfTarget[target];
        if (slot < 0)
        {
            slot = TargetCount++;
            _slotOfTarget[target] = slot;
            if (slot == _targets.Length)
            {
                Array.Resize(ref _targets, 2 * slot);
                Array.Resize(ref _counts, 2 * slot);
            }

            _targets[slot] = target;
            _counts[slot] = 0;
        }

        return slot;
    }

    // Counts the hit with one that says the same. False when there is none: it is then to be kept.
    private bool IsKnown(ref FileHit hit)
    {
        if (_kinds.Count == 0)
        {
            for (int index = 0; index < _hitCount; index++)
            {
                _kinds[(_hits[index].Slot, _hits[index].Usage, _hits[index].SubPath)] = index;
                _kinds[(_hits[index].Slot, _hits[index].Usage, AnySubPath)] = index;
            }
        }

        if (_hitCount >= 2 * MaxHits)
        {
            hit.SubPath = AnySubPath;
        }

        ref int known = ref CollectionsMarshal.GetValueRefOrAddDefault(_kinds, (hit.Slot, hit.Usage, hit.SubPath), out bool exists);
        if (exists)
        {
            _hits[known].Count++;
            return true;
        }

        known = _hitCount;
        _kinds.TryAdd((hit.Slot, hit.Usage, AnySubPath), _hitCount);
        hit.SubPath = hit.SubPath is AnySubPath ? null : hit.SubPath;
        return false;
    }
}
