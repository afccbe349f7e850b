namespace ClosureScan.Paths;

/// <summary>The hash of a NAR as Nix prints it; read in any of its spellings.</summary>
public sealed class NarHashJsonConverter : TextJsonConverter<NarHash>
{
    /// <inheritdoc/>
    protected override string ToText(NarHash value) => value.ToString();

    /// <inheritdoc/>
    protected override bool TryParse(string text, out NarHash value) => NarHash.TryParse(text, out value);
}
