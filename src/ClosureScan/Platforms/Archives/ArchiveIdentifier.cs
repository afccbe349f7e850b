using ClosureScan.Archives;
using ClosureScan.Platforms.Elf;
using ClosureScan.Walking;

namespace ClosureScan.Platforms.Archives;

/// <summary>Tells which platforms the members of an archive were built for.</summary>
internal static class ArchiveIdentifier
{
    /// <summary>Identifies a file that begins with the magic of an archive.</summary>
    public static FileIdentity Identify(in FileView file)
    {
        var reader = new ArchiveReader(file);
        var tally = new MemberTallies();
        Span<byte> head = stackalloc byte[FileIdentifier.MinimumHead];
        while (reader.MoveNext())
        {
            ArchiveMember member = reader.Current;
            if (member.Kind != ArchiveMemberKind.File)
            {
                continue;
            }

            if (tally.Count == 0 && reader.ReadName() == "debian-binary")
            {
                return FileIdentity.Container;
            }

            Platform? platform = FileIdentifier.IdentifyMember(file.Slice(member.DataOffset, member.Size, head));
            if (tally.Add(platform))
            {
                tally.NameLast(reader.ReadName());
            }
        }

        return new FileIdentity
        {
            Format = FileFormat.Archive,
            Role = FileRole.Archive,
            Platform = tally.Common(),
            Members = tally.ToImmutable(),
            Note = reader.Problem ?? (reader.IsThin ? "thin: the members lie in other files" : null),
        };
    }
}
