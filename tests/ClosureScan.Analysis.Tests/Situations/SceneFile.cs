namespace ClosureScan.Analysis.Tests.Situations;

/// <summary>A file or a symlink of a scene.</summary>
/// <param name="Contents">The bytes of the file; empty for a symlink.</param>
/// <param name="Executable">Whether it has an executable bit.</param>
/// <param name="LinkTarget">Where the symlink leads; null for a file.</param>
internal sealed record SceneFile(byte[] Contents, bool Executable = false, string? LinkTarget = null)
{
    /// <summary>The same with one text in the place of another, which must be as long where the file is binary.</summary>
    public SceneFile With(string old, string replacement)
    {
        // Latin 1 keeps every byte.
        string Replaced(string text) => text.Replace(old, replacement, StringComparison.Ordinal);
        return this with { Contents = System.Text.Encoding.Latin1.GetBytes(Replaced(System.Text.Encoding.Latin1.GetString(Contents))), LinkTarget = LinkTarget is null ? null : Replaced(LinkTarget) };
    }
}
