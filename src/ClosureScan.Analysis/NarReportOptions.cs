using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis;

/// <summary>How one NAR is judged that came without any metadata.</summary>
public sealed record NarReportOptions
{
    /// <summary>What <c>new NarReportOptions()</c> gives.</summary>
    public static NarReportOptions Default { get; } = new();

    /// <summary>Where it is to run; null to infer that from its programs.</summary>
    public Platform? Host { get; init; }

    /// <summary>What to call it; null for a path of no store. Its name may tell the host.</summary>
    public StorePath? Path { get; init; }

    /// <summary>Whether a body that is xz, zstd, gzip, bzip2 or lzip is undone on the way. Off: it is an error that names the format, as who sends it may not know.</summary>
    public bool Decompress { get; init; }
}
