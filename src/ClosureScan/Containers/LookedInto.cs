namespace ClosureScan.Containers;

/// <summary>What became of the attempt to look into a file.</summary>
/// <param name="Format">What it is: <c>zstd</c>, <c>squashfs</c>; null for what is neither compressed nor a container.</param>
/// <param name="IsContainer">Whether it holds files, itself or below its compression.</param>
/// <param name="IsComplete">Whether all of it was seen.</param>
internal readonly record struct LookedInto(string? Format, bool IsContainer, bool IsComplete);
