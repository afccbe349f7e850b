using System.Globalization;
using ClosureScan.Analysis.Comparing.Fingerprints;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Comparing;

/// <summary>Where a side of a comparison is to run: what its names tell, or else what most paths with programs are for.</summary>
internal static class ComparedHost
{
    public static InferredHost Of(ComparedClosure side, IReadOnlyDictionary<StorePath, PathFingerprint> fingerprints)
    {
        ScannedClosure named = new()
        {
            StoreDirectory = side.Roots.IsEmpty ? StorePath.DefaultStoreDirectory : side.Roots[0].StoreDirectory,
            Roots = side.Roots,
            Paths = [.. side.Paths.OrderBy(info => info.Path).Select(info => new ScannedPath(info, null))],
            Depth = ScanDepth.Metadata,
        };
        InferredHost host = InferredHost.Of(named);
        if (host.Platform is not null)
        {
            return host;
        }

        (string Name, int Count)[] machines =
        [
            .. fingerprints.Values.Where(fingerprint => fingerprint.Machine is not null).GroupBy(fingerprint => fingerprint.Machine!.Value.ToString())
                .Select(group => (group.Key, group.Count())).OrderByDescending(machine => machine.Item2).ThenBy(machine => machine.Key, StringComparer.Ordinal),
        ];
        bool isTied = machines is [var first, var second, ..] && first.Count == second.Count;
        return machines.Length == 0 ? host : new InferredHost(
            !isTied && Platform.TryParse($"{machines[0].Name}-linux", out Platform? platform) ? platform : null,
            isTied ? HostOrigin.Unknown : HostOrigin.Programs,
            [.. machines.Select(machine => string.Create(CultureInfo.InvariantCulture, $"{machine.Name}: {machine.Count} {(machine.Count == 1 ? "path" : "paths")} with programs"))]);
    }
}
