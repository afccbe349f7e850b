using System.Runtime.InteropServices;
using ClosureScan.Platforms;
using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>Turns the hits of one file, symlink or name into evidence. One object serves many paths, on one thread.</summary>
internal sealed class EvidenceWriter(EvidenceCollector collector, bool everyOccurrence, int anchorLength)
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
    /// <param name="file">What the walk told of the file.</param>
    /// <param name="view">The file.</param>
    /// <param name="identity">What its bytes say.</param>
    /// <param name="hits">What was found in it, at least one hit.</param>
    /// <param name="passed">What was remembered around hits while a long file passed.</param>
    public void AddFile(in WalkedFile file, in FileView view, FileIdentity identity, FileHits hits, PassingWindows passed)
    {
        Carrier carrier = CarrierRecogniser.Recognise(file, view, identity, hits.Hits);
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

            if (!collector.Wants(target, share.Mechanism, file.Executable))
            {
                continue;
            }

            SectionPlace place = carrier.SectionAt(view, share.Offset);
            bool remembered = passed.TryFind(share.Slot, share.Offset, out PassingWindow passing);
            HitWindow window = remembered ? passed.WindowOf(passing, anchorLength) : ReadWindow(view, share.Offset);
            TextPosition? position = !carrier.IsText ? null : remembered ? passing.Position : lines.Locate(view, share.Offset);
            collector.Add(target, new ReferenceEvidence
            {
                File = path ??= PrintableText.From(file.Path),
                Offset = share.Offset,
                NarOffset = file.NarOffset + share.Offset,
                Mechanism = share.Mechanism,
                Count = share.Count,
                Executable = file.Executable,
                FileSize = view.Length,
                Section = place.Section,
                SectionOffset = place.Offset,
                Line = position?.Line,
                Column = position?.Column,
                Context = window.IsEmpty ? null : window.Context(carrier.IsText),
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
                HitWindow window = new(text, (int)hit.Offset, anchorLength);
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
            Mechanism mechanism = carrier.MechanismAt(view, hit.Offset);
            if (hit.Slot == _lastShareOfSlot.Count)
            {
                _lastShareOfSlot.Add(NoShare);
            }

            int index = everyOccurrence ? NoShare : _lastShareOfSlot[hit.Slot];
            while (index != NoShare && _shares[index].Mechanism != mechanism)
            {
                index = _shares[index].Previous;
            }

            if (index == NoShare)
            {
                index = _shares.Count;
                _shares.Add(new Share(hit.Slot, hit.Offset, mechanism) { Previous = _lastShareOfSlot[hit.Slot] });
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
        int hit = (int)(offset - start);
        return count > hit ? new HitWindow(_window.AsSpan(0, count), hit, anchorLength) : default;
    }

    private struct Share(int slot, long offset, Mechanism mechanism)
    {
        public readonly int Slot = slot;
        public readonly long Offset = offset;
        public readonly Mechanism Mechanism = mechanism;
        public int Previous = NoShare;
        public long Count;
    }
}
