using System.Runtime.InteropServices;
using ClosureScan.Platforms;
using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>Turns the hits of one file, symlink or name into evidence. One object serves many paths, on one thread.</summary>
internal sealed class EvidenceWriter(EvidenceCollector collector)
{
    private const int NoShare = -1;

    private readonly byte[] _window = new byte[HitWindow.Before + HitWindow.After];
    private readonly byte[] _lineBuffer = new byte[16 * 1024];
    private readonly List<Share> _shares = [];
    private readonly List<int> _lastShareOfSlot = [];

    /// <summary>
    /// Adds one piece of evidence a target and mechanism. Hits that <see cref="FileHits"/> counted but did not keep are
    /// added to the mechanism that was met last for its target.
    /// </summary>
    public void AddFile(in WalkedFile file, in FileView view, FileIdentity identity, FileHits hits)
    {
        Carrier carrier = CarrierRecogniser.Recognise(file, view, identity);
        Divide(view, carrier, hits);
        LineCounter lines = new(_lineBuffer);
        string? path = null;
        foreach (Share share in _shares)
        {
            int target = hits.TargetOf(share.Slot);
            if (share.Previous == NoShare)
            {
                collector.CountHolder(target, hits.CountOf(share.Slot));
            }

            if (!collector.Wants(target, share.Place.Mechanism, file.Executable))
            {
                continue;
            }

            HitWindow window = ReadWindow(view, share.Offset);
            int line = 0, column = 0;
            bool located = carrier.IsText && lines.TryLocate(view, share.Offset, out line, out column);
            collector.Add(target, new ReferenceEvidence
            {
                File = path ??= PrintableText.From(file.Path),
                Offset = share.Offset,
                NarOffset = file.NarOffset + share.Offset,
                Mechanism = share.Place.Mechanism,
                Count = share.Count,
                Executable = file.Executable,
                Section = share.Place.Section,
                SectionOffset = share.Place.SectionOffset,
                Line = located ? line : null,
                Column = located ? column : null,
                Context = window.Context(carrier.IsText),
                SubPath = window.SubPath(),
            });
        }
    }

    /// <summary>Adds one piece of evidence a target for a symlink's target or an entry's name.</summary>
    /// <param name="path">The path of the entry.</param>
    /// <param name="text">The bytes that were searched.</param>
    /// <param name="narOffset">Where they lie in the NAR.</param>
    /// <param name="mechanism">Which of the two they are.</param>
    /// <param name="hits">What was found.</param>
    public void AddText(ReadOnlySpan<byte> path, ReadOnlySpan<byte> text, long narOffset, Mechanism mechanism, FileHits hits)
    {
        int seen = 0;
        foreach (FileHit hit in hits.Hits)
        {
            if (hit.Slot < seen)
            {
                continue;
            }

            seen++;
            int target = hits.TargetOf(hit.Slot);
            collector.CountHolder(target, hits.CountOf(hit.Slot));
            if (collector.Wants(target, mechanism, executable: false))
            {
                HitWindow window = new(text, (int)hit.Offset);
                collector.Add(target, new ReferenceEvidence
                {
                    File = PrintableText.From(path),
                    Offset = hit.Offset,
                    NarOffset = narOffset + hit.Offset,
                    Mechanism = mechanism,
                    Count = hits.CountOf(hit.Slot),
                    Context = window.Context(isText: true),
                    SubPath = window.SubPath(),
                });
            }
        }
    }

    // Divides the hits by target and mechanism, in the order of their first offsets. The shares of one slot are chained.
    private void Divide(in FileView view, Carrier carrier, FileHits hits)
    {
        _shares.Clear();
        _lastShareOfSlot.Clear();
        foreach (FileHit hit in hits.Hits)
        {
            CarrierPlace place = carrier.Locate(view, hit.Offset);
            if (hit.Slot == _lastShareOfSlot.Count)
            {
                _lastShareOfSlot.Add(NoShare);
            }

            int index = _lastShareOfSlot[hit.Slot];
            while (index != NoShare && _shares[index].Place.Mechanism != place.Mechanism)
            {
                index = _shares[index].Previous;
            }

            if (index == NoShare)
            {
                index = _shares.Count;
                _shares.Add(new Share(hit.Slot, hit.Offset, place) { Previous = _lastShareOfSlot[hit.Slot] });
                _lastShareOfSlot[hit.Slot] = index;
            }

            CollectionsMarshal.AsSpan(_shares)[index].Count++;
        }

        for (int slot = 0; slot < hits.TargetCount; slot++)
        {
            CollectionsMarshal.AsSpan(_shares)[_lastShareOfSlot[slot]].Count += hits.UnkeptOf(slot);
        }
    }

    private HitWindow ReadWindow(in FileView view, long offset)
    {
        long start = Math.Max(0, offset - HitWindow.Before);
        int count = view.Read(start, _window);
        return new HitWindow(_window.AsSpan(0, count), (int)(offset - start));
    }

    private struct Share(int slot, long offset, CarrierPlace place)
    {
        public readonly int Slot = slot;
        public readonly long Offset = offset;
        public readonly CarrierPlace Place = place;
        public int Previous = NoShare;
        public long Count;
    }
}
