using ClosureScan.Paths;

namespace ClosureScan.Stores;

/// <summary>A store that gives what it has, and says where it would not believe it.</summary>
internal interface IDoubtingStore : IStore
{
    /// <summary>What is wrong with the claims that were asked for so far, by path, as sentences.</summary>
    IReadOnlyDictionary<StorePath, string> Doubts { get; }
}
