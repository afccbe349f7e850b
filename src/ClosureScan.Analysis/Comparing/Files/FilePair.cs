namespace ClosureScan.Analysis.Comparing.Files;

/// <summary>Two contents that are the same file of two paths.</summary>
/// <param name="File">Its path inside them; of an archive's member, behind the archive's and a colon.</param>
/// <param name="Cross">The cross-built side's.</param>
/// <param name="Native">The native side's.</param>
internal sealed record FilePair(string File, SidedContents Cross, SidedContents Native)
{
    /// <summary>The same pair's inner contents: what was compressed, a member.</summary>
    public FilePair Inside(string member, byte[] cross, byte[] native) =>
        new(member.Length == 0 ? File : $"{File}:{member}", Cross.With(cross), Native.With(native));
}
