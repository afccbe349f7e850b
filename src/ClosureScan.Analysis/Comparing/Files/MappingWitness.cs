using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing.Files;

/// <summary>Looks for a path that is named in the place of two, or of one that has no counterpart: a finding with both places, not a guess.</summary>
internal static class MappingWitness
{
    /// <summary>Compares the hashes of both contents in their order; where their numbers differ something else is told already.</summary>
    public static void Add(FilePair pair, FileVerdict verdict)
    {
        if (pair.Cross.Places.Length != pair.Native.Places.Length)
        {
            return;
        }

        HashSet<(StorePath, StorePath)> told = [];
        for (int index = 0; index < pair.Cross.Places.Length; index++)
        {
            StorePath cross = pair.Cross.PathOf(pair.Cross.Places[index]);
            StorePath native = pair.Native.PathOf(pair.Native.Places[index]);
            if (pair.Cross.Word(cross.BaseName) != pair.Native.Word(native.BaseName) && told.Add((cross, native)))
            {
                verdict.Add(new Difference
                {
                    Kind = DifferenceKind.Mapping,
                    File = pair.File,
                    Cross = $"{cross} at byte {pair.Cross.Places[index].Offset}",
                    Native = $"{native} at byte {pair.Native.Places[index].Offset}",
                    Meaning = "paths that are not each other's",
                });
            }
        }
    }
}
