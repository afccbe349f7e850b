using System.Runtime.InteropServices;
using ClosureScan.Platforms;
using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>Turns the hits of one file, symlink, name or derived stream into evidence. One object serves many paths, on one thread.</summary>
internal sealed class EvidenceWriter(EvidenceCollector collector, bool everyOccurrence)
{
    private readonly List<Share> _shares = [];
    private readonly Dictionary<(int Slot, Mechanism Mechanism, Usage Usage, string? SubPath), int> _kinds = [];

    /// <summary>Adds one piece of evidence a target, mechanism, usage and, save for debug information, path below the target.</summary>
    /// <param name="file">What the walk told of the file.</param>
    /// <param name="view">The file.</param>
    /// <param name="identity">What its bytes say.</param>
    /// <param name="hits">What was found in it, at least one hit.</param>
    public void AddFile(in WalkedFile file, in FileView view, FileIdentity identity, FileHits hits)
    {
        Carrier carrier = CarrierRecogniser.Recognise(file, view, identity, hits.Hits);
        Divide(view, carrier, hits);
        collector.BeginHolder(new EvidenceFile(PrintableText.From(file.Path), file.Executable, view.Length, file.NarOffset));
        foreach (Share share in _shares)
        {
            ref readonly FileHit hit = ref hits.Hits[share.Hit];
            SectionPlace place = carrier.SectionAt(view, hit.Offset);
            Add(share, hits, new EvidenceItem
            {
                Mechanism = share.Mechanism,
                Usage = hit.Usage,
                Count = share.Count,
                Offset = hit.Offset,
                Section = place.Section,
                SectionOffset = place.Offset,
                Position = carrier.IsText ? hit.Position : null,
                SubPath = hit.SubPath,
            });
        }
    }

    /// <summary>Adds evidence for a symlink's target or an entry's name.</summary>
    /// <param name="path">The path of the entry.</param>
    /// <param name="narOffset">Where the searched bytes lie in the NAR.</param>
    /// <param name="mechanism">Which of the two they are.</param>
    /// <param name="hits">What was found.</param>
    public void AddText(ReadOnlySpan<byte> path, long narOffset, Mechanism mechanism, FileHits hits)
    {
        Divide(default, new UniformCarrier(mechanism, isText: false), hits);
        collector.BeginHolder(new EvidenceFile(PrintableText.From(path), Executable: false, Size: null, narOffset));
        foreach (Share share in _shares)
        {
            ref readonly FileHit hit = ref hits.Hits[share.Hit];
            Add(share, hits, new EvidenceItem { Mechanism = mechanism, Usage = hit.Usage, Count = share.Count, Offset = hit.Offset, SubPath = hit.SubPath });
        }
    }

    /// <summary>Adds evidence for a stream that was made of a file's bytes.</summary>
    /// <param name="holder">The file.</param>
    /// <param name="section">What the stream is: <c>gzip</c>, <c>lib/a.so</c>.</param>
    /// <param name="areOffsetsInFile">Whether the offsets of the hits are offsets in the file; otherwise they are offsets in the section.</param>
    /// <param name="hits">What was found.</param>
    public void AddDerived(in EvidenceFile holder, string section, bool areOffsetsInFile, FileHits hits)
    {
        Divide(default, new UniformCarrier(Mechanism.Compressed, isText: false), hits);
        collector.BeginHolder(holder);
        foreach (Share share in _shares)
        {
            ref readonly FileHit hit = ref hits.Hits[share.Hit];
            Add(share, hits, new EvidenceItem
            {
                Mechanism = Mechanism.Compressed,
                Usage = hit.Usage,
                Count = share.Count,
                Offset = areOffsetsInFile ? hit.Offset : 0,
                Section = section,
                SectionOffset = areOffsetsInFile ? null : hit.Offset,
                SubPath = hit.SubPath,
            });
        }
    }

    private void Add(in Share share, FileHits hits, in EvidenceItem item)
    {
        ref readonly FileHit hit = ref hits.Hits[share.Hit];
        int target = hits.TargetOf(hit.Slot);
        if (share.IsFirstOfSlot)
        {
            collector.CountHolder(target, hits.CountOf(hit.Slot));
        }

        bool hasContext = hit.ContextLength > 0 && collector.WantsContext(target, item.Mechanism);
        collector.Add(target, item with { HasContext = hasContext }, narShift: 0, hits.ContextOf(hit));
    }

    // Divides the hits by what they say, in the order of their first offsets.
    private void Divide(in FileView view, Carrier carrier, FileHits hits)
    {
        _shares.Clear();
        _kinds.Clear();
        int slots = 0;
        ReadOnlySpan<FileHit> all = hits.Hits;
        for (int index = 0; index < all.Length; index++)
        {
            ref readonly FileHit hit = ref all[index];
            Mechanism mechanism = carrier.MechanismAt(view, hit.Offset);
            string? subPath = NamesMany(mechanism) ? null : hit.SubPath;
            bool isFirstOfSlot = hit.Slot == slots;
            slots += isFirstOfSlot ? 1 : 0;
            int share = 0;
            if (everyOccurrence || isFirstOfSlot || !_kinds.TryGetValue((hit.Slot, mechanism, hit.Usage, subPath), out share))
            {
                share = _shares.Count;
                _shares.Add(new Share(index, mechanism, isFirstOfSlot));
                if (all.Length > 1)
                {
                    _kinds[(hit.Slot, mechanism, hit.Usage, subPath)] = share;
                }
            }

            CollectionsMarshal.AsSpan(_shares)[share].Count += hit.Count;
        }
    }

    // Debug information names hundreds of sources and headers below one path, which no one judges one by one: the first of them stands for all.
    private static bool NamesMany(Mechanism mechanism) =>
        mechanism is Mechanism.ElfDebug or Mechanism.ElfComment or Mechanism.ArchiveMember or Mechanism.Bitcode;

    private struct Share(int hit, Mechanism mechanism, bool isFirstOfSlot)
    {
        public readonly int Hit = hit;
        public readonly Mechanism Mechanism = mechanism;
        public readonly bool IsFirstOfSlot = isFirstOfSlot;
        public long Count;
    }
}
