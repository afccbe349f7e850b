using System.Collections.Immutable;
using System.Text;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan;

/// <summary>
/// Joins the scans of consecutive parts of one tree to what one scan of the whole gives. Bounds that hold for a path as a whole are the
/// exception: where one is met the parts do not tell what the whole would have kept, and there is no join.
/// </summary>
internal static class PathScanJoin
{
    /// <summary>The scan of the whole; null when a bound of the path is met.</summary>
    /// <param name="parts">The scans of the parts, in the order of the NAR.</param>
    /// <param name="narSize">The length of the whole tree's NAR.</param>
    /// <param name="options">How the parts were scanned.</param>
    public static PathScan? Join(IReadOnlyList<PathScan> parts, long narSize, ScanOptions options)
    {
        if (parts.SelectMany(part => part.Remarks).Any(remark => remark.Kind is ScanRemarkKind.UndeclaredBounded or ScanRemarkKind.CensusBounded)
            || OpaqueTally.Join([.. parts.Select(part => part.Opaque)], options) is not { } opaque
            || !PlatformCensus.TryJoin([.. parts.Select(part => part.Platforms)], out ImmutableArray<PlatformTally> platforms)
            || JoinReferences([.. parts.Select(part => part.References)], options) is not { } references
            || JoinReferences([.. parts.Select(part => part.Hidden)], options) is not { } hidden
            || JoinReferences([.. parts.Select(part => part.Undeclared)], options) is not { } undeclared
            || undeclared.Length > UndeclaredPaths.MaxPaths
            || JoinTexts([.. parts.Select(part => part.BuildPaths)], options) is not { } buildPaths
            || JoinTexts([.. parts.Select(part => part.Scrubbed)], options) is not { } scrubbed)
        {
            return null;
        }

        return new PathScan
        {
            NarSize = narSize,
            FileCount = parts.Sum(part => part.FileCount),
            ByteCount = parts.Sum(part => part.ByteCount),
            References = references,
            Platforms = platforms,
            Undeclared = undeclared,
            Hidden = hidden,
            BuildPaths = buildPaths,
            Scrubbed = scrubbed,
            Opaque = opaque,
            Remarks = RemarkBook.Join(parts.SelectMany(part => part.Remarks)),
        };
    }

    private static FoundText? JoinTexts(FoundText[] parts, ScanOptions options) =>
        JoinReferences([.. parts.Select(part => part == FoundText.None ? [] : (ImmutableArray<FoundReference>)[Reference(part)])], options) switch
        {
            null => null,
            [FoundReference found] => new FoundText { Count = found.Count, FileCount = found.FileCount, Evidence = found.Evidence },
            _ => FoundText.None,
        };

    private static FoundReference Reference(FoundText text) =>
        new() { Target = default, Count = text.Count, FileCount = text.FileCount, Evidence = text.Evidence };

    private static ImmutableArray<FoundReference>? JoinReferences(ImmutableArray<FoundReference>[] parts, ScanOptions options)
    {
        FoundReference[][] found = [.. parts.Where(part => !part.IsEmpty).Select(part => part.ToArray())];
        if (found.Length < 2)
        {
            return found is [FoundReference[] only] ? [.. only] : [];
        }

        // Names are those of the first part that has the target, which is the first in the order of the NAR.
        SortedDictionary<StorePathHash, string?> names = [];
        foreach (FoundReference reference in found.SelectMany(static part => part))
        {
            names.TryAdd(reference.Target, reference.Name);
        }

        StorePathHash[] targets = [.. names.Keys];
        EvidenceCollector collector = new(targets.Length, options, new EvidenceSpool());
        int contexts = 0;
        foreach (FoundReference[] part in found)
        {
            foreach (FoundReference reference in part)
            {
                collector.CountHolders(Array.BinarySearch(targets, reference.Target), reference.Count, reference.FileCount);
            }

            contexts += Replay(part, targets, collector);
        }

        return contexts > options.MaxContextsPerPath
            ? null
            : [.. collector.Drain(target => targets[target]).Select(reference => reference with { Name = names[reference.Target] })];
    }

    /// <summary>Adds the evidence of a part file by file, so that each file is written down once; returns how many contexts the part has.</summary>
    private static int Replay(FoundReference[] part, StorePathHash[] targets, EvidenceCollector collector)
    {
        List<(long Holder, int Order, int Target, ReferenceEvidence Evidence)> items = [];
        foreach (FoundReference reference in part)
        {
            int target = Array.BinarySearch(targets, reference.Target);
            foreach (ReferenceEvidence evidence in reference.Evidence)
            {
                items.Add((evidence.NarOffset - evidence.Offset, items.Count, target, evidence));
            }
        }

        items.Sort(static (left, right) => (left.Holder, left.Order).CompareTo((right.Holder, right.Order)));
        int contexts = 0;
        EvidenceFile? holder = null;
        foreach ((long start, _, int target, ReferenceEvidence evidence) in items)
        {
            EvidenceFile file = new(evidence.File, evidence.Executable, evidence.FileSize, start);
            if (holder != file)
            {
                holder = file;
                collector.BeginHolder(file);
            }

            contexts += evidence.Context is null ? 0 : 1;
            bool hasContext = evidence.Context is not null && collector.WantsContext(target, evidence.Mechanism);
            collector.Add(target, EvidenceItem.From(evidence) with { HasContext = hasContext }, narShift: 0, Encoding.UTF8.GetBytes(evidence.Context ?? ""));
        }

        return contexts;
    }
}
