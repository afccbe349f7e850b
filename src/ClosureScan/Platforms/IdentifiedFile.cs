namespace ClosureScan.Platforms;

/// <summary>A binary or script and what it is.</summary>
/// <param name="File">The path inside the store path, without a leading slash.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="NarOffset">Where its first byte lies in the NAR of its store path.</param>
/// <param name="Executable">Whether it has an executable bit.</param>
/// <param name="Identity">What its bytes say.</param>
public sealed record IdentifiedFile(string File, long Size, long NarOffset, bool Executable, FileIdentity Identity)
{
    /// <summary>Where in <see cref="File"/> it lies, when that is a container that was looked into: <c>zstd:partition 2:bin/busybox</c>; null for a file of its own.</summary>
    internal string? Member { get; init; }
}
