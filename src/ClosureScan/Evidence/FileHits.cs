namespace ClosureScan.Evidence;

/// <summary>
/// What has been found in the file that is being walked: for each target a count, and the offsets of the hits, in order.
/// Where a hit lies in an ELF file is known only when the file has ended, so offsets are kept until then. The first hit
/// of every target and the first <see cref="MaxOffsets"/> hits of the file are kept, the others are only counted.
/// </summary>
internal sealed class FileHits
{
    /// <summary>1 MiB of offsets; a debug file of a large C++ library has some thousands of hits.</summary>
    public const int MaxOffsets = 65_536;

    private readonly int[] _slotOfTarget;
    private int[] _targets = new int[16];
    private long[] _counts = new long[16];
    private long[] _unkept = new long[16];
    private FileHit[] _hits = new FileHit[64];
    private int _hitCount;

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

    /// <summary>How many hits a slot has, kept or not.</summary>
    public long CountOf(int slot) => _counts[slot];

    /// <summary>How many hits of a slot were counted but not kept.</summary>
    public long UnkeptOf(int slot) => _unkept[slot];

    /// <summary>Takes one hit.</summary>
    public void Add(int target, long offset)
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
                Array.Resize(ref _unkept, 2 * slot);
            }

            _targets[slot] = target;
            _counts[slot] = 0;
            _unkept[slot] = 0;
        }
        else if (_hitCount >= MaxOffsets)
        {
            _counts[slot]++;
            _unkept[slot]++;
            return;
        }

        _counts[slot]++;
        if (_hitCount == _hits.Length)
        {
            Array.Resize(ref _hits, 2 * _hitCount);
        }

        _hits[_hitCount++] = new FileHit(slot, offset);
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
    }
}
