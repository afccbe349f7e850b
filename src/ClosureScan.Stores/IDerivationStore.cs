using ClosureScan.Paths;

namespace ClosureScan.Stores;

/// <summary>A store whose derivations lie at hand, on a disk of this machine: they are read where it has them, beside what they built.</summary>
internal interface IDerivationStore : IStore
{
    /// <summary>The derivations of the store that may have built a path.</summary>
    IEnumerable<StorePath> DerivationsOf(PathInfo info);
}
