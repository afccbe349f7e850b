namespace ClosureScan.Evidence;

/// <summary>One hit with what is known of it while its bytes pass: what <see cref="UsageClassifier"/> judges. Valid during the call only.</summary>
internal readonly ref struct UsageSite
{
    /// <summary>The path of the file inside its store path.</summary>
    public required ReadOnlySpan<byte> File { get; init; }

    /// <summary>The first bytes of the file: 4 KiB, or all of a shorter one.</summary>
    public required ReadOnlySpan<byte> Head { get; init; }

    /// <summary>
    /// What the file is as far as its path and first bytes tell: for a text its kind (<see cref="Mechanism.Text"/>, <see cref="Mechanism.ScriptBody"/>,
    /// <see cref="Mechanism.Shebang"/> on the first line, a row of <see cref="TextKinds"/>), for all else <see cref="Mechanism.Data"/>.
    /// What carries a hit in an ELF file is known at the file's end only.
    /// </summary>
    public required Mechanism Kind { get; init; }

    /// <summary>Whether the file has an executable bit.</summary>
    public required bool Executable { get; init; }

    /// <summary>The line of a text, or the run of printable bytes of a binary, from at most 256 bytes before the hit to at most 500 bytes behind it.</summary>
    public required ReadOnlySpan<byte> Line { get; init; }

    /// <summary>Where in <see cref="Line"/> the hash begins.</summary>
    public required int Hit { get; init; }

    /// <summary>What follows the store path, with its slash: <c>/bin/bash</c>; empty when nothing does.</summary>
    public required ReadOnlySpan<byte> SubPath { get; init; }
}
