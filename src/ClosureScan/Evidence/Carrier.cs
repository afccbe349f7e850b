using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>A file with hits in it, understood well enough to say what carries each of them. Made at the file's end, for one file.</summary>
internal abstract class Carrier
{
    /// <summary>Whether the file is text, so that lines and columns mean something.</summary>
    public virtual bool IsText => false;

    /// <summary>What carries the hit at <paramref name="offset"/>.</summary>
    public abstract CarrierPlace Locate(in FileView view, long offset);
}
