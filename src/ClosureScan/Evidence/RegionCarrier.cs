using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>A binary of named parts that are all data. Where several hold a byte, the shortest of them is named.</summary>
internal sealed class RegionCarrier(List<FileRegion> regions) : Carrier
{
    /// <inheritdoc/>
    public override Mechanism MechanismAt(in FileView view, long offset) => Mechanism.Data;

    /// <inheritdoc/>
    public override SectionPlace SectionAt(in FileView view, long offset)
    {
        FileRegion? innermost = null;
        foreach (FileRegion region in regions)
        {
            if (region.Contains(offset) && !(region.Length >= innermost?.Length))
            {
                innermost = region;
            }
        }

        return innermost is { } found ? new SectionPlace(found.Name, offset - found.Offset) : default;
    }
}
