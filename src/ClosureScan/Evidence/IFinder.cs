using ClosureScan.Scanning;

namespace ClosureScan.Evidence;

/// <summary>One of the searches over a stream: wanted hashes, spelled-out store paths, build directories. Keeps nothing between windows.</summary>
internal interface IFinder
{
    /// <summary>Tells <paramref name="places"/> what begins in the window.</summary>
    void Find(in StreamWindow window, PlaceList places);
}
