using System.Collections.Immutable;
using ClosureScan.Analysis.Comparing.Fingerprints;

namespace ClosureScan.Analysis.Comparing;

/// <summary>Compares two paths by their fingerprints alone.</summary>
internal static class FingerprintComparison
{
    /// <summary>The pair when it is equal (L0 or L1); null when its files have to be looked at.</summary>
    public static PathPair? Compare(
        ComparedSide cross, ComparedSide native, PathAlignment alignment, int node, int counterpart, PathFingerprint one, PathFingerprint other)
    {
        ImmutableArray<int> left = one.Contents.Targets;
        ImmutableArray<int> right = other.Contents.Targets;
        bool isBareSame = one.Contents.Bare == other.Contents.Bare;
        if ((!isBareSame && one.Contents.Named != other.Contents.Named) || left.Length != right.Length)
        {
            return null;
        }

        bool isIdentical = isBareSame;
        for (int index = 0; index < left.Length; index++)
        {
            if (alignment.ToAfter[cross.NodeOf(left[index])] != native.NodeOf(right[index]))
            {
                return null;
            }

            isIdentical &= cross.Names.Paths[left[index]].Hash == native.Names.Paths[right[index]].Hash;
        }

        return new PathPair
        {
            Cross = cross.Graph.Paths[node],
            Native = native.Graph.Paths[counterpart],
            Level = isIdentical ? ComparisonLevel.Identical : ComparisonLevel.SameModuloPaths,
            Masks = isBareSame ? [] : [VolatileFields.Names],
        };
    }
}
