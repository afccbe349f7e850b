using System.Collections.Immutable;
using System.Globalization;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>The code of one path, judged: what runs on the host, and every file that does not.</summary>
internal sealed class PathCode
{
    /// <summary>A path without code.</summary>
    public static PathCode None { get; } = new();

    /// <summary>Every file that does not run on the host, those that are right where they are among them.</summary>
    public ImmutableArray<JudgedFile> Files { get; init; } = [];

    /// <summary>The programs that say which side the path is on.</summary>
    public CodeCount Programs { get; init; } = new();

    /// <summary>The shared libraries that say which side the path is on.</summary>
    public CodeCount Libraries { get; init; } = new();
}
