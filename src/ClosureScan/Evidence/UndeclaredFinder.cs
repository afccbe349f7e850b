using ClosureScan.Paths;
using ClosureScan.Scanning;

namespace ClosureScan.Evidence;

/// <summary>Finds store paths that are spelled out and that nobody declared, and those that were scrubbed.</summary>
internal sealed class UndeclaredFinder(StorePathPattern pattern, UndeclaredPaths paths, FileHits undeclared, FileHits scrubbed) : IFinder
{
    /// <inheritdoc/>
    public void Find(in StreamWindow window, PlaceList places)
    {
        for (int from = window.Start; pattern.TryFind(window.Bytes, from, window.End, out SpelledPath found); from = found.Next)
        {
            int target = paths.IndexOf(window.Bytes.Slice(found.Hash, StorePathHash.Length), window.Bytes.Slice(found.Name, found.NameLength));
            if (target >= 0)
            {
                places.Add(new FoundPlace(undeclared, target, found.Hash, StorePathHash.Length));
            }
            else if (target == UndeclaredPaths.IsScrubbed)
            {
                places.Add(new FoundPlace(scrubbed, 0, found.Hash, StorePathHash.Length));
            }
        }
    }
}
