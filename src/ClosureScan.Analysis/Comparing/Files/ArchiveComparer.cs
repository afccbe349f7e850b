using ClosureScan.Archives;
using ClosureScan.Platforms.Archives;
using ClosureScan.Walking;

namespace ClosureScan.Analysis.Comparing.Files;

/// <summary>ar archives, member by member; the index and the table of names follow from the members.</summary>
internal static class ArchiveComparer
{
    public static void Compare(FilePair pair, FileVerdict verdict, Func<FilePair, FileVerdict> compare)
    {
        FileVerdict inside = new();
        if (Read(pair.Cross.Bytes) is not { } cross || Read(pair.Native.Bytes) is not { } native)
        {
            ByteComparer.Compare(pair, verdict);
            return;
        }

        Members.Compare(pair, cross, native, inside, compare);
        if (inside.Level < ComparisonLevel.SameModuloPaths)
        {
            verdict.Mask(VolatileFields.ArHeader);
        }

        verdict.Add(inside);
    }

    private static List<(string Name, byte[] Contents)>? Read(byte[] bytes)
    {
        List<(string, byte[])> members = [];
        ArchiveReader reader = new(new FileView(bytes));
        while (reader.MoveNext())
        {
            if (reader.Current.Kind == ArchiveMemberKind.File)
            {
                members.Add((reader.ReadName(), bytes.AsSpan((int)reader.Current.DataOffset, (int)reader.Current.Size).ToArray()));
            }
        }

        return reader.Problem is null && !reader.IsThin ? members : null;
    }
}
