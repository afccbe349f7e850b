namespace ClosureScan.Paths;

/// <summary>A store path as its whole text.</summary>
public sealed class StorePathJsonConverter : TextJsonConverter<StorePath>
{
    /// <inheritdoc/>
    protected override string ToText(StorePath value) => value.ToString();

    /// <inheritdoc/>
    protected override bool TryParse(string text, out StorePath? value) => StorePath.TryParse(text, out value);
}
