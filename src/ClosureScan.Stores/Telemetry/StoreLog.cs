using ClosureScan.Paths;
using Microsoft.Extensions.Logging;

namespace ClosureScan.Stores.Telemetry;

/// <summary>What is logged while stores are read. Messages are made only for a logger that wants them.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(3, LogLevel.Information, "{Uri} is asked for again in {Pause:0.0} s: {Message} (attempt {Attempt})", EventName = nameof(AskedAgain))]
    public static partial void AskedAgain(ILogger logger, Uri uri, string message, double pause, int attempt);

    [LoggerMessage(4, LogLevel.Error, "{Reason}; it is not asked any more", EventName = nameof(GaveUp))]
    public static partial void GaveUp(ILogger logger, string reason);

    [LoggerMessage(1, LogLevel.Debug, "Scanned {Path}: {Bytes} bytes in {Milliseconds:0.0} ms", EventName = nameof(Scanned))]
    public static partial void Scanned(ILogger logger, StorePath path, long bytes, double milliseconds);

    [LoggerMessage(2, LogLevel.Warning, "{Path} cannot be read whole: {Message}", EventName = nameof(Unreadable))]
    public static partial void Unreadable(ILogger logger, StorePath path, ScanProblem message);
}
