using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>A file that is one mechanism throughout.</summary>
internal sealed class UniformCarrier(Mechanism mechanism, bool isText) : Carrier
{
    public override bool IsText => isText;

    public override CarrierPlace Locate(in FileView view, long offset) => new(mechanism);
}
