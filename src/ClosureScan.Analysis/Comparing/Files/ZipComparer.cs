using System.IO.Compression;

namespace ClosureScan.Analysis.Comparing.Files;

/// <summary>zip, jar and wheel: entry by entry, times and attributes apart.</summary>
internal static class ZipComparer
{
    private const int MaxContents = 64 * 1024 * 1024;

    public static bool IsZip(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\u0003\u0004"u8);

    public static void Compare(FilePair pair, FileVerdict verdict, Func<FilePair, FileVerdict> compare)
    {
        try
        {
            using ZipArchive cross = new(new MemoryStream(pair.Cross.Bytes));
            using ZipArchive native = new(new MemoryStream(pair.Native.Bytes));
            FileVerdict inside = new();
            Members.Compare(pair, Read(cross), Read(native), inside, compare);
            if (inside.Level < ComparisonLevel.SameModuloPaths)
            {
                verdict.Mask(VolatileFields.ZipHeader);
            }

            verdict.Add(inside);
        }
        catch (InvalidDataException)
        {
            ByteComparer.Compare(pair, verdict);
        }
    }

    private static List<(string Name, byte[] Contents)> Read(ZipArchive archive)
    {
        List<(string, byte[])> members = [];
        long total = 0;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            total += entry.Length;
            if (total > MaxContents)
            {
                throw new InvalidDataException("The archive has more contents than are compared.");
            }

            using Stream stream = entry.Open();
            members.Add((entry.FullName, BoundedRead.All(stream, MaxContents) ?? throw new InvalidDataException("An entry is longer than it says.")));
        }

        return members;
    }
}
