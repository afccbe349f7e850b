using System.Runtime.Intrinsics;
using ClosureScan.Scanning;
using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>
/// Finds hashes whose characters have two bytes, as in the string heap of a .NET assembly: it searches the file's even bytes and
/// its odd bytes, each as a text of its own. A hash in every second byte is no accident, so the bytes between are not looked at.
/// </summary>
internal sealed class WideText
{
    private const int StepLength = 16 * 1024;

    private readonly ReferenceScanner[] _halves;
    private readonly FileHits _hits;
    private readonly EvidenceCollector _collector;
    private readonly byte[] _half = new byte[StepLength / 2 + 1];
    private readonly byte[] _window = new byte[2 * (HitWindow.Before + HitWindow.After)];
    private long _position;
    private bool _isVain;

    /// <summary>Makes a search whose finds go to <paramref name="collector"/>.</summary>
    public WideText(ReferenceSet references, EvidenceCollector collector)
    {
        _halves = [new ReferenceScanner(references), new ReferenceScanner(references)];
        _hits = new FileHits(references.Count);
        _collector = collector;
    }

    /// <summary>Begins a file.</summary>
    public void Begin()
    {
        _halves[0].Reset();
        _halves[1].Reset();
        _hits.Clear();
        _position = 0;
    }

    /// <summary>Takes the file's next bytes.</summary>
    public void Take(ReadOnlySpan<byte> data)
    {
        // Without hashes, and in what begins as narrow text and so has no zeros, a search is vain.
        if (_position == 0)
        {
            _isVain = _halves[0].References.Count == 0 || TextFile.IsText(data[..Math.Min(data.Length, TextFile.HeadLength)]);
        }

        while (!_isVain && !data.IsEmpty)
        {
            ReadOnlySpan<byte> step = data[..Math.Min(data.Length, StepLength)];
            for (int start = 0; start < Math.Min(2, step.Length); start++)
            {
                int parity = (int)((_position + start) & 1);
                HalfSink sink = new(_hits, parity);
                _halves[parity].Scan(EverySecond(step[start..]), ref sink);
            }

            _position += step.Length;
            data = data[step.Length..];
        }
    }

    /// <summary>Turns what was found into evidence.</summary>
    public void End(in WalkedFile file, in FileView view)
    {
        int seen = 0;
        foreach (FileHit hit in _hits.Hits)
        {
            if (hit.Slot < seen)
            {
                continue;
            }

            seen++;
            int target = _hits.TargetOf(hit.Slot);
            _collector.CountHolder(target, _hits.CountOf(hit.Slot));
            if (!_collector.Wants(target, Mechanism.Compressed, file.Executable))
            {
                continue;
            }

            HitWindow window = ReadWindow(view, hit.Offset);
            _collector.Add(target, new ReferenceEvidence
            {
                File = PrintableText.From(file.Path),
                Offset = hit.Offset,
                NarOffset = file.NarOffset + hit.Offset,
                Mechanism = Mechanism.Compressed,
                Count = _hits.CountOf(hit.Slot),
                Executable = file.Executable,
                Section = "UTF-16",
                Context = window.IsEmpty ? null : window.Context(isText: false),
                SubPath = window.SubPath(),
            });
        }
    }

    private HitWindow ReadWindow(in FileView view, long offset)
    {
        int before = (int)Math.Min(HitWindow.Before, offset / 2);
        int count = view.Read(offset - (2 * before), _window);
        for (int index = 0; 2 * index < count; index++)
        {
            _window[index] = _window[2 * index];
        }

        int length = (count + 1) / 2;
        return length > before ? new HitWindow(_window.AsSpan(0, length), before) : default;
    }

    private ReadOnlySpan<byte> EverySecond(ReadOnlySpan<byte> bytes)
    {
        int count = (bytes.Length + 1) / 2;
        int index = 0;

        // Narrowing little-endian pairs keeps the first byte of each.
        for (; BitConverter.IsLittleEndian && 2 * index + 2 * Vector256<byte>.Count <= bytes.Length; index += Vector256<byte>.Count)
        {
            Vector256<ushort> low = Vector256.Create(bytes.Slice(2 * index, Vector256<byte>.Count)).AsUInt16();
            Vector256<ushort> high = Vector256.Create(bytes.Slice(2 * index + Vector256<byte>.Count, Vector256<byte>.Count)).AsUInt16();
            Vector256.Narrow(low, high).CopyTo(_half.AsSpan(index));
        }

        for (; index < count; index++)
        {
            _half[index] = bytes[2 * index];
        }

        return _half.AsSpan(0, count);
    }

    private readonly struct HalfSink(FileHits hits, int parity) : IReferenceSink
    {
        public void OnReference(int index, long offset) => hits.Add(index, (2 * offset) + parity);
    }
}
