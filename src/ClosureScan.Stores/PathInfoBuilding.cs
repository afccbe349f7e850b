using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Stores;

/// <summary>What all readers of metadata share.</summary>
internal static class PathInfoBuilding
{
    /// <summary>The references in order and each once, as <see cref="PathInfo.References"/> has them.</summary>
    public static ImmutableArray<StorePath> Sorted(ImmutableArray<StorePath>.Builder references)
    {
        references.Sort();
        int kept = 0;
        for (int index = 0; index < references.Count; index++)
        {
            if (kept == 0 || !references[index].Equals(references[kept - 1]))
            {
                references[kept++] = references[index];
            }
        }

        references.Count = kept;
        return references.DrainToImmutable();
    }
}
