using System.Collections.Immutable;

namespace ClosureScan.Platforms;

/// <summary>What a file's bytes say it is. Malformed files are data with a <see cref="Note"/>; identification never throws for them.</summary>
public sealed record FileIdentity
{
    /// <summary>A file of which nothing is known.</summary>
    internal static FileIdentity Data { get; } = new() { Format = FileFormat.Data };

    /// <summary>Text without a shebang.</summary>
    internal static FileIdentity Text { get; } = new() { Format = FileFormat.Text };

    /// <summary>A container of files: zip, tar, squashfs.</summary>
    internal static FileIdentity Container { get; } = new() { Format = FileFormat.Container };

    /// <summary>Compressed bytes.</summary>
    internal static FileIdentity Compressed { get; } = new() { Format = FileFormat.Compressed };

    /// <summary>Byte code, which runs wherever its machine does.</summary>
    internal static FileIdentity Bytecode { get; } = new() { Format = FileFormat.Bytecode };

    /// <summary>The container format.</summary>
    public required FileFormat Format { get; init; }

    /// <summary>What the file is for.</summary>
    public FileRole Role { get; init; }

    /// <summary>The platform it was built for; null when it is neutral, or cannot be told.</summary>
    public Platform? Platform { get; init; }

    /// <summary>The program interpreter (PT_INTERP), or the interpreter of a script's first line: <c>/nix/store/…/bin/bash</c>.</summary>
    public string? Interpreter { get; init; }

    /// <summary>What follows the interpreter on a script's first line: <c>bash</c> after <c>/usr/bin/env</c>; null when nothing does.</summary>
    internal string? InterpreterArguments { get; init; }

    /// <summary>The directories of DT_RUNPATH or DT_RPATH, in order.</summary>
    public ImmutableArray<string> RunPath { get; init; } = [];

    /// <summary>The DT_NEEDED entries, in order.</summary>
    public ImmutableArray<string> Needed { get; init; } = [];

    /// <summary>The platforms of an archive's or fat binary's members, with how many members each has; empty for other files.</summary>
    internal ImmutableArray<MemberTally> Members { get; init; } = [];

    /// <summary>What the code asks of its machine beside its platform; null when the file tells nothing of it, or is none.</summary>
    internal CodeRequirements? Requirements { get; init; }

    /// <summary>What is odd or malformed about the file, for people.</summary>
    public string? Note { get; init; }

    /// <summary>Whether two files' bytes say the same.</summary>
    public bool Equals(FileIdentity? other) =>
        other is not null
        && (Format, Role, Interpreter, InterpreterArguments, Note) == (other.Format, other.Role, other.Interpreter, other.InterpreterArguments, other.Note)
        && Equals(Platform, other.Platform)
        && Equals(Requirements, other.Requirements)
        && RunPath.SequenceEqual(other.RunPath)
        && Needed.SequenceEqual(other.Needed)
        && Members.SequenceEqual(other.Members);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Format, Role, Platform, Interpreter, Note);
}
