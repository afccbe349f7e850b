namespace ClosureScan.Analysis.Comparing.Texts;

/// <summary>A text taken apart: what has a name, and the lines that have none.</summary>
/// <param name="Fields">Values by their names, in the text's order; of several of one name all, joined.</param>
/// <param name="Lines">The other lines.</param>
internal sealed record FieldedText(Dictionary<string, string> Fields, List<string> Lines)
{
    public FieldedText()
        : this(new Dictionary<string, string>(StringComparer.Ordinal), [])
    {
    }

    public void Add(string key, string value)
    {
        string text = value.Trim();
        Fields[key] = Fields.TryGetValue(key, out string? before) ? before + Variants.Separator + text : text;
    }
}
