using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosureScan.Stores;

/// <summary>How stores are opened.</summary>
public sealed record StoreOptions
{
    /// <summary>What <c>new StoreOptions()</c> gives.</summary>
    public static StoreOptions Default { get; } = new();

    /// <summary>
    /// Whether what a cache behind a network claims must be signed by a trusted key. On: whoever may write to a cache, or stands before
    /// it, may write what a scan finds in it. What lies on this machine, or behind ssh, is believed.
    /// </summary>
    public bool ChecksSignatures { get; init; } = true;

    /// <summary>Keys that are trusted beside those of Nix's configuration, <c>NAME:BASE64</c>.</summary>
    public ImmutableArray<string> TrustedKeys { get; init; } = [];

    /// <summary>Told of requests to a server that are made again, and of servers that are given up. What cannot be read at all is thrown.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
