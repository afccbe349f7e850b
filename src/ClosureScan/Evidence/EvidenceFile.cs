namespace ClosureScan.Evidence;

/// <summary>The file, symlink or name that holds a piece of evidence.</summary>
/// <param name="Path">Its path inside the store path, printable.</param>
/// <param name="Executable">Whether it has an executable bit.</param>
/// <param name="Size">Its length in bytes, when known.</param>
/// <param name="NarOffset">Where its first byte lies in the NAR.</param>
internal readonly record struct EvidenceFile(string Path, bool Executable, long? Size, long NarOffset);
