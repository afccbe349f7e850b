using ClosureScan.Archives;
using ClosureScan.Platforms.Archives;
using ClosureScan.Platforms.Elf;
using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>An <c>ar</c> archive: hits lie in its members, which nearly always are ELF objects.</summary>
internal sealed class ArchiveCarrier : Carrier
{
    private readonly List<(ArchiveMember Member, string Name)> _members = [];
    private int _current = -1;
    private ElfCarrier? _object;

    /// <summary>Takes an archive, and learns which of its members have hits.</summary>
    public ArchiveCarrier(in FileView view, ReadOnlySpan<FileHit> hits)
    {
        ArchiveReader reader = new(view);
        while (!hits.IsEmpty && reader.MoveNext())
        {
            ArchiveMember member = reader.Current;
            int before = CountBefore(hits, member.DataOffset);
            int inside = CountBefore(hits[before..], member.DataOffset + member.Size);
            hits = hits[(before + inside)..];
            if (inside > 0)
            {
                _members.Add((member, PrintableText.From(System.Text.Encoding.UTF8.GetBytes(reader.ReadName()))));
            }
        }
    }

    /// <inheritdoc/>
    public override Mechanism MechanismAt(in FileView view, long offset) => Mechanism.ArchiveMember;

    /// <inheritdoc/>
    public override SectionPlace SectionAt(in FileView view, long offset)
    {
        int index = _members.FindIndex(Math.Max(0, _current), entry => entry.Member.Contains(offset));
        if (index < 0)
        {
            return default;
        }

        (ArchiveMember member, string name) = _members[index];
        Span<byte> head = stackalloc byte[TextFile.HeadLength];
        FileView part = view.Slice(member.DataOffset, member.Size, head);
        if (index != _current)
        {
            _current = index;
            _object = ElfFile.TryParse(part, out ElfFile? elf, out _) ? new ElfCarrier(elf, part) : null;
        }

        SectionPlace place = _object?.SectionAt(part, offset - member.DataOffset) ?? default;
        return place.Section is null
            ? new SectionPlace(name, offset - member.DataOffset)
            : new SectionPlace($"{name}:{place.Section}", place.Offset);
    }

    private static int CountBefore(ReadOnlySpan<FileHit> hits, long end)
    {
        int count = 0;
        while (count < hits.Length && hits[count].Offset < end)
        {
            count++;
        }

        return count;
    }
}
