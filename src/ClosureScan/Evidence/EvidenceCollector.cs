using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using ClosureScan.Paths;
using ClosureScan.Spooling;
using CommunityToolkit.HighPerformance.Buffers;

namespace ClosureScan.Evidence;

/// <summary>
/// Gathers the evidence of one path: all of it, encoded (<see cref="EvidenceCodec"/>). What is staged beyond <see cref="MaxStaged"/> goes to the
/// scanner's spool, and so does the whole of a path when the scanner holds much already. Only contexts, which people read, are bounded:
/// so many for a target and for the path, save that the first of a mechanism always has one.
/// </summary>
internal sealed class EvidenceCollector(int targetCount, ScanOptions options, EvidenceSpool spool)
{
    /// <summary>What may wait in memory for the end of the path.</summary>
    public const int MaxStaged = 8 * 1024 * 1024;

    private readonly TargetEvidence?[] _targets = new TargetEvidence?[targetCount];
    private readonly List<int> _found = [];
    private readonly List<(long Start, int Length)> _spilledFiles = [];
    private readonly ArrayBufferWriter<byte> _files = new(initialCapacity: 256);
    private EvidenceFile _file;
    private long _fileStart;
    private long _filesLength;
    private bool _isFileWritten;
    private long _staged;
    private int _contexts;

    /// <summary>Says which file, symlink or name is the holder of what comes.</summary>
    public void BeginHolder(in EvidenceFile file)
    {
        _file = file;
        _isFileWritten = false;
    }

    /// <summary>Takes note that the holder holds <paramref name="target"/>, <paramref name="count"/> times.</summary>
    public void CountHolder(int target, long count) => CountHolders(target, count, 1);

    /// <summary>Takes note that several more hold <paramref name="target"/>, <paramref name="count"/> times in all.</summary>
    public void CountHolders(int target, long count, long holders)
    {
        TargetEvidence evidence = _targets[target] ??= new TargetEvidence();
        if (evidence.FileCount == 0)
        {
            _found.Add(target);
        }

        evidence.Count += count;
        evidence.FileCount += holders;
    }

    /// <summary>Whether the next piece of evidence should have its context. <see cref="CountHolder"/> comes first.</summary>
    public bool WantsContext(int target, Mechanism mechanism)
    {
        TargetEvidence evidence = _targets[target]!;
        ulong kind = 1UL << ((2 * (int)mechanism) + (_file.Executable ? 1 : 0));
        return options.MaxContextsPerTarget > 0
            && ((evidence.Kinds & kind) == 0 || (evidence.Contexts < options.MaxContextsPerTarget && _contexts < options.MaxContextsPerPath));
    }

    /// <summary>Takes a piece of evidence in the holder.</summary>
    /// <param name="target">Of which target.</param>
    /// <param name="item">What it says.</param>
    /// <param name="narShift">By what its offset in the NAR differs from that of the file and its own offset together.</param>
    /// <param name="context">The bytes around it; looked at when the item has a context.</param>
    public void Add(int target, in EvidenceItem item, long narShift, ReadOnlySpan<byte> context)
    {
        if (!_isFileWritten)
        {
            _isFileWritten = true;
            _fileStart = _filesLength + _files.WrittenCount;
            EvidenceCodec.WriteFile(_files, _file);
            _staged += _filesLength + _files.WrittenCount - _fileStart;
        }

        TargetEvidence evidence = _targets[target]!;
        ArrayPoolBufferWriter<byte> list = evidence.Staged ??= new ArrayPoolBufferWriter<byte>(initialCapacity: 64);
        int before = list.WrittenCount;
        if (item.HasContext)
        {
            evidence.Kinds |= 1UL << ((2 * (int)item.Mechanism) + (_file.Executable ? 1 : 0));
            evidence.Contexts++;
            _contexts++;
            context = PrintableText.IsPrintableAscii(context) ? context : Encoding.UTF8.GetBytes(PrintableText.From(context));
        }

        EvidenceCodec.WriteItem(list, _fileStart - evidence.LastFile, narShift, item, context);
        evidence.LastFile = _fileStart;
        evidence.Kept++;
        _staged += list.WrittenCount - before;
        if (_staged > MaxStaged)
        {
            Spill();
        }
    }

    /// <summary>What was gathered since the last call, sorted by target. The collector is then empty.</summary>
    /// <param name="hashOf">The hash that a target stands for.</param>
    public ImmutableArray<FoundReference> Drain(Func<int, StorePathHash> hashOf)
    {
        if (_found.Count == 0)
        {
            return [];
        }

        _found.Sort();
        ImmutableArray<FoundReference>.Builder result = ImmutableArray.CreateBuilder<FoundReference>(_found.Count);
        EvidenceBlock block = Seal(out long[] starts);
        for (int index = 0; index < _found.Count; index++)
        {
            TargetEvidence found = _targets[_found[index]]!;
            result.Add(new FoundReference
            {
                Target = hashOf(_found[index]),
                Count = found.Count,
                FileCount = found.FileCount,
                Evidence = new EvidenceList(block, starts[index], found.Kept),
            });
        }

        Clear();
        return result.MoveToImmutable();
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (int target in _found)
        {
            _targets[target]!.Staged?.Dispose();
            _targets[target] = null;
        }

        _found.Clear();
        _spilledFiles.Clear();
        _files.ResetWrittenCount();
        _filesLength = 0;
        _staged = 0;
        _contexts = 0;
    }

    // Joins the table and the lists, and tells where each list begins.
    private EvidenceBlock Seal(out long[] starts)
    {
        starts = new long[_found.Count];
        long length = _filesLength + _files.WrittenCount;
        for (int index = 0; index < starts.Length; index++)
        {
            starts[index] = length;
            TargetEvidence found = _targets[_found[index]]!;
            length += found.SpilledLength + (found.Staged?.WrittenCount ?? 0);
        }

        if (_spilledFiles.Count == 0 && spool.TryHold(length))
        {
            byte[] memory = new byte[length];
            _files.WrittenSpan.CopyTo(memory);
            for (int index = 0; index < starts.Length; index++)
            {
                _targets[_found[index]]!.Staged?.WrittenSpan.CopyTo(memory.AsSpan((int)starts[index]));
            }

            return new EvidenceBlock(memory);
        }

        SpoolFile file = spool.File;
        long start = file.Length;
        byte[] buffer = new byte[64 * 1024];
        Join(file, _spilledFiles, _files.WrittenSpan, buffer);
        foreach (int target in _found)
        {
            TargetEvidence found = _targets[target]!;
            Join(file, found.Spilled ?? [], found.Staged is { } staged ? staged.WrittenSpan : [], buffer);
        }

        return new EvidenceBlock(file, start, file.Length - start);
    }

    private static void Join(SpoolFile file, List<(long Start, int Length)> spilled, ReadOnlySpan<byte> staged, byte[] buffer)
    {
        foreach ((long start, int length) in spilled)
        {
            for (int done = 0; done < length;)
            {
                int count = file.Read(start + done, buffer.AsSpan(0, Math.Min(buffer.Length, length - done)));
                file.Append(buffer.AsSpan(0, count));
                done += count;
            }
        }

        file.Append(staged);
    }

    private void Spill()
    {
        _spilledFiles.Add((spool.File.Append(_files.WrittenSpan), _files.WrittenCount));
        _filesLength += _files.WrittenCount;
        _files.ResetWrittenCount();
        foreach (int target in _found)
        {
            TargetEvidence found = _targets[target]!;
            if (found.Staged is { WrittenCount: > 0 } staged)
            {
                (found.Spilled ??= []).Add((spool.File.Append(staged.WrittenSpan), staged.WrittenCount));
                found.SpilledLength += staged.WrittenCount;
                staged.Dispose();
                found.Staged = null;
            }
        }

        _staged = 0;
    }

    private sealed class TargetEvidence
    {
        public long Count { get; set; }

        public long FileCount { get; set; }

        public int Kept { get; set; }

        public int Contexts { get; set; }

        public ulong Kinds { get; set; }

        public long LastFile { get; set; }

        public ArrayPoolBufferWriter<byte>? Staged { get; set; }

        public List<(long Start, int Length)>? Spilled { get; set; }

        public long SpilledLength { get; set; }
    }
}
