using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>
/// A file with hits in it, understood well enough to say what carries each of them. Made at the file's end, for one file;
/// the view passed to its methods is always that file.
/// </summary>
internal abstract class Carrier
{
    /// <summary>Whether the file is text, so that lines and columns mean something.</summary>
    public virtual bool IsText => false;

    /// <summary>What carries the hit at <paramref name="offset"/>. Called for every hit, in order.</summary>
    public abstract Mechanism MechanismAt(in FileView view, long offset);

    /// <summary>Where in the file's own structure <paramref name="offset"/> lies. Called for the hits that become evidence, in order.</summary>
    public virtual SectionPlace SectionAt(in FileView view, long offset) => default;
}
