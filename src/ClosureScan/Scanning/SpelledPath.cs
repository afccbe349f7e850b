namespace ClosureScan.Scanning;

/// <summary>A store path that is spelled out in some bytes.</summary>
/// <param name="Hash">Where its hash begins, or what stands in its place.</param>
/// <param name="Name">Where its name begins.</param>
/// <param name="NameLength">How long that is, at least 1.</param>
/// <param name="Next">Where the next hash may begin.</param>
internal readonly record struct SpelledPath(int Hash, int Name, int NameLength, int Next);
