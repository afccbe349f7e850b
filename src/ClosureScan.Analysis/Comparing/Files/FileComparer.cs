using ClosureScan.Analysis.Comparing.Elf;
using ClosureScan.Analysis.Comparing.Texts;
using ClosureScan.Archives;
using ClosureScan.Platforms.Archives;
using ClosureScan.Platforms.Elf;

namespace ClosureScan.Analysis.Comparing.Files;

/// <summary>Tells how equal two contents are: first as bytes, then by what their format means.</summary>
internal static class FileComparer
{
    /// <summary>Archives in archives in archives are looked into so deep.</summary>
    private const int MaxDepth = 4;

    /// <summary>Compares.</summary>
    public static FileVerdict Compare(FilePair pair) => Compare(pair, 0);

    private static FileVerdict Compare(FilePair pair, int depth)
    {
        FileVerdict verdict = new();
        ReadOnlySpan<byte> cross = pair.Cross.Bytes;
        ReadOnlySpan<byte> native = pair.Native.Bytes;
        if (cross.SequenceEqual(native))
        {
            return verdict;
        }

        if (IsSame(pair, verdict))
        {
            return verdict;
        }

        if (ElfHeader.HasMagic(cross) && ElfHeader.HasMagic(native))
        {
            ElfComparer.Compare(pair, verdict);
        }
        else if (ArchiveReader.HasMagic(cross) && ArchiveReader.HasMagic(native))
        {
            ArchiveComparer.Compare(pair, verdict, Inner(depth));
        }
        else if (GzipComparer.IsGzip(cross) && GzipComparer.IsGzip(native))
        {
            GzipComparer.Compare(pair, verdict, Inner(depth));
        }
        else if (ZipComparer.IsZip(cross) && ZipComparer.IsZip(native))
        {
            ZipComparer.Compare(pair, verdict, Inner(depth));
        }
        else if (PycComparer.IsPyc(pair.File, cross) && PycComparer.IsPyc(pair.File, native))
        {
            PycComparer.Compare(pair, verdict);
        }
        else if (TextComparer.IsText(cross) && TextComparer.IsText(native))
        {
            TextComparer.Compare(pair, verdict);
        }
        else
        {
            ByteComparer.Compare(pair, verdict);
        }

        MappingWitness.Add(pair, verdict);
        return verdict;
    }

    /// <summary>Whether the bytes are the same in the words of both sides.</summary>
    private static bool IsSame(FilePair pair, FileVerdict verdict)
    {
        if (!pair.Cross.Common.AsSpan().SequenceEqual(pair.Native.Common))
        {
            return false;
        }

        verdict.Add(ComparisonLevel.SameModuloPaths);
        if (pair.Cross.NamesDiffer || pair.Native.NamesDiffer)
        {
            verdict.Mask(VolatileFields.Names);
        }

        return true;
    }

    private static Func<FilePair, FileVerdict> Inner(int depth) => pair =>
    {
        if (depth + 1 < MaxDepth)
        {
            return Compare(pair, depth + 1);
        }

        FileVerdict verdict = new();
        if (!IsSame(pair, verdict))
        {
            ByteComparer.Compare(pair, verdict);
        }

        return verdict;
    };
}
