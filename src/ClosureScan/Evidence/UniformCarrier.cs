using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>A file that is one mechanism throughout.</summary>
internal sealed class UniformCarrier(Mechanism mechanism, bool isText) : Carrier
{
    public override bool IsText => isText;

    public override Mechanism MechanismAt(in FileView view, long offset) => mechanism;
}
