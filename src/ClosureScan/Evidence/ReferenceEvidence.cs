namespace ClosureScan.Evidence;

/// <summary>One file's (or symlink's, or entry name's) share in a reference: where its first occurrence lies and what carries it.</summary>
public sealed record ReferenceEvidence
{
    /// <summary>The path inside the store path, without a leading slash; empty when the store path itself is the file. Bytes that are no UTF-8 are written <c>\xNN</c>.</summary>
    public required string File { get; init; }

    /// <summary>
    /// Where the hash of the first occurrence begins, in bytes from the start of the file's contents,
    /// of the symlink's target, or of the entry's name.
    /// </summary>
    public required long Offset { get; init; }

    /// <summary>The same byte, counted from the start of the path's NAR.</summary>
    public required long NarOffset { get; init; }

    /// <summary>What carries it.</summary>
    public required Mechanism Mechanism { get; init; }

    /// <summary>How the text around it uses the path; <see cref="Evidence.Usage.Unknown"/> where the bytes do not tell.</summary>
    internal Usage Usage { get; init; }

    /// <summary>How often the hash occurs in this file by this mechanism, at least 1.</summary>
    public required long Count { get; init; }

    /// <summary>Whether the file has an executable bit; false for symlinks and names.</summary>
    public bool Executable { get; init; }

    /// <summary>The length of the file's contents in bytes; null for symlinks and names, and where it is not known.</summary>
    internal long? FileSize { get; init; }

    /// <summary>The section of the binary or the member of the archive that the byte lies in (<c>.rodata</c>, <c>crt1.o:.debug_line</c>), when known.</summary>
    public string? Section { get; init; }

    /// <summary>The offset in that section, in bytes.</summary>
    public long? SectionOffset { get; init; }

    /// <summary>For text: the line, counted from 1.</summary>
    public int? Line { get; init; }

    /// <summary>For text: the column in bytes, counted from 1.</summary>
    public int? Column { get; init; }

    /// <summary>
    /// The bytes around the first occurrence, at most about 200 characters, safe to print: what is no printable
    /// character is written <c>\xNN</c>.
    /// </summary>
    public string? Context { get; init; }

    /// <summary>What follows the store path at the first occurrence, with its slash: <c>/bin/bash</c>; null when nothing does.</summary>
    public string? SubPath { get; init; }
}
