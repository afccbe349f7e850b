using System.Collections.Immutable;

namespace ClosureScan.Platforms;

/// <summary>The files of one store path that have the same role, platform and domain. All of them are named, save those of a path with more names than real ones have (<see cref="ScanRemarkKind.CensusBounded"/>).</summary>
public sealed record PlatformTally
{
    /// <summary>What these files are for.</summary>
    public required FileRole Role { get; init; }

    /// <summary>The platform they were built for; null where it cannot be told, and for scripts.</summary>
    public required Platform? Platform { get; init; }

    /// <summary>What part of a system they are for.</summary>
    internal FileDomain Domain { get; init; }

    /// <summary>How many files.</summary>
    public required long FileCount { get; init; }

    /// <summary>Their size together, in bytes.</summary>
    public required long ByteCount { get; init; }

    /// <summary>The files, in the order of the NAR.</summary>
    public required ImmutableArray<IdentifiedFile> Files { get; init; }

    /// <summary>Whether two tallies count and name the same files.</summary>
    public bool Equals(PlatformTally? other) =>
        other is not null
        && (Role, Domain, FileCount, ByteCount) == (other.Role, other.Domain, other.FileCount, other.ByteCount)
        && Equals(Platform, other.Platform)
        && Files.SequenceEqual(other.Files);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Role, Platform, Domain, FileCount, ByteCount);
}
