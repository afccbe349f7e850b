namespace ClosureScan.Evidence;

/// <summary>The file that has just ended: what the walk told when it began.</summary>
internal readonly ref struct WalkedFile
{
    /// <summary>The path inside the store path.</summary>
    public required ReadOnlySpan<byte> Path { get; init; }

    /// <summary>Whether it has an executable bit.</summary>
    public required bool Executable { get; init; }

    /// <summary>Where its first byte lies in the NAR.</summary>
    public required long NarOffset { get; init; }

    /// <summary>The last component of <see cref="Path"/>.</summary>
    public ReadOnlySpan<byte> Name => Path[(Path.LastIndexOf((byte)'/') + 1)..];
}
