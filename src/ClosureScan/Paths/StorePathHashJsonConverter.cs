namespace ClosureScan.Paths;

/// <summary>The hash of a store path as its 32 characters.</summary>
public sealed class StorePathHashJsonConverter : TextJsonConverter<StorePathHash>
{
    /// <inheritdoc/>
    protected override string ToText(StorePathHash value) => value.ToString();

    /// <inheritdoc/>
    protected override bool TryParse(string text, out StorePathHash value) => StorePathHash.TryParse(text, out value);
}
