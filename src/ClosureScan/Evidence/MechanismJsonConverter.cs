using ClosureScan.Paths;

namespace ClosureScan.Evidence;

/// <summary>A mechanism by its name in reports: config-script.</summary>
public sealed class MechanismJsonConverter : TextJsonConverter<Mechanism>
{
    /// <inheritdoc/>
    protected override string ToText(Mechanism value) => value.ToName();

    /// <inheritdoc/>
    protected override bool TryParse(string text, out Mechanism value) => MechanismNames.TryParse(text, out value);
}
