using System.Collections.Immutable;
using ClosureScan.Analysis.Comparing.Files;
using ClosureScan.Analysis.Comparing.Fingerprints;
using ClosureScan.Analysis.Comparing.Logs;
using ClosureScan.Nar;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing;

/// <summary>One comparison from its beginning to its end: fingerprints, alignment, levels, and the files of what differs.</summary>
internal sealed class ComparisonRun
{
    private readonly ComparedSide _cross;
    private readonly ComparedSide _native;
    private readonly ComparisonOptions _options;
    private readonly IProgress<ComparisonProgress>? _progress;
    private readonly List<ScanProblem> _problems = [];
    private readonly Lock _lock = new();
    private int _done;
    private int _total;

    public ComparisonRun(ComparedClosure cross, ComparedClosure native, ComparisonOptions options, IProgress<ComparisonProgress>? progress)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Jobs, 1, nameof(options));
        (_cross, _native, _options, _progress) = (new ComparedSide(cross), new ComparedSide(native), options, progress);
        _problems.AddRange(cross.Problems);
        _problems.AddRange(native.Problems);
    }

    public async Task<ClosureComparison> RunAsync(CancellationToken cancellationToken)
    {
        _total = _cross.Graph.NodeCount + _native.Graph.NodeCount;
        await FingerprintAsync(cancellationToken).ConfigureAwait(false);
        PathAlignment alignment = PathAlignment.Create(_cross.Graph, _native.Graph, _cross.MachineOf, _native.MachineOf);
        PathPair?[] pairs = new PathPair?[_cross.Graph.NodeCount];
        List<int> differing = [];
        for (int node = 0; node < pairs.Length; node++)
        {
            int counterpart = alignment.ToAfter[node];
            if (counterpart >= 0 && _cross.Fingerprints[node] is { } one && _native.Fingerprints[counterpart] is { } other)
            {
                pairs[node] = FingerprintComparison.Compare(_cross, _native, alignment, node, counterpart, one, other);
                if (pairs[node] is null)
                {
                    differing.Add(node);
                }
            }
        }

        _total += differing.Count;
        await CompareFilesAsync(alignment, differing, pairs, cancellationToken).ConfigureAwait(false);
        return new ClosureComparison
        {
            Cross = _cross.Closure,
            Native = _native.Closure,
            Pairs = [.. pairs.OfType<PathPair>().OrderByDescending(pair => pair.Level).ThenBy(pair => pair.Native.Name, StringComparer.Ordinal).ThenBy(pair => pair.Cross)],
            Unpaired = UnpairedPaths.Find(_cross, _native, alignment),
            CrossFingerprints = _cross.ByPath(),
            NativeFingerprints = _native.ByPath(),
            Problems = [.. _problems.OrderBy(problem => problem.Path, StringComparer.Ordinal)],
        };
    }

    /// <summary>Reads both closures, the largest paths first, so that no worker is left with one at the end.</summary>
    private Task FingerprintAsync(CancellationToken cancellationToken)
    {
        (ComparedSide Side, int Node)[] items =
        [
            .. ((ComparedSide[])[_cross, _native])
                .SelectMany(side => Enumerable.Range(0, side.Graph.NodeCount).Select(node => (side, node)))
                .OrderByDescending(item => item.side.Graph.NarSize(item.node)),
        ];
        return ForEachAsync(
            Enumerable.Range(0, items.Length),
            () => new FingerprinterPair(_cross, _native),
            (index, pair, stop) => FingerprintAsync(items[index].Side, items[index].Node, pair.Of(items[index].Side), stop),
            cancellationToken);
    }

    private async Task FingerprintAsync(ComparedSide side, int node, Fingerprinter fingerprinter, CancellationToken cancellationToken)
    {
        PathInfo info = side.Infos[node];
        if (side.Known.TryGetValue(info.Path, out PathFingerprint? known))
        {
            side.Fingerprints[node] = known;
        }
        else if (side.Closure.Store is null)
        {
            AddProblem(info.Path, new IOException("the manifest says nothing of its contents. Write it anew, from a comparison without problems."));
        }
        else
        {
            try
            {
                await ContentWalk.RunAsync(side.Closure.Store, info, fingerprinter, cancellationToken).ConfigureAwait(false);
                side.Fingerprints[node] = fingerprinter.Finish(info);
            }
            catch (Exception exception) when (exception is IOException or NarFormatException or StoreException or UnauthorizedAccessException)
            {
                fingerprinter.Reset();
                AddProblem(info.Path, exception);
            }
        }

        Report(info.Path);
    }

    private Task CompareFilesAsync(PathAlignment alignment, List<int> differing, PathPair?[] pairs, CancellationToken cancellationToken)
    {
        AlignedNames words = new(_cross, _native, alignment);
        TreeComparer comparer = new(_cross.Closure.Store, _native.Closure.Store, words.Cross, words.Native);
        return ForEachAsync(
            differing,
            () => comparer,
            async (node, _, stop) =>
            {
                PathInfo info = _cross.Infos[node];
                PathInfo counterpart = _native.Infos[alignment.ToAfter[node]];
                if (_cross.Closure.Store is null || _native.Closure.Store is null)
                {
                    pairs[node] = Undecided(info, counterpart);
                    return;
                }

                try
                {
                    PathPair pair = await comparer.CompareAsync(info, counterpart, stop).ConfigureAwait(false);
                    pairs[node] = Causes.Explain(pair, _options);
                }
                catch (Exception exception) when (exception is IOException or NarFormatException or StoreException or UnauthorizedAccessException)
                {
                    AddProblem(info.Path, exception);
                }

                Report(info.Path);
            },
            cancellationToken);
    }

    /// <summary>A pair that differs, and how is not to be known: of one side there is a manifest, and no bytes.</summary>
    private PathPair Undecided(PathInfo cross, PathInfo native) => new()
    {
        Cross = cross.Path,
        Native = native.Path,
        Level = ComparisonLevel.Different,
        Differences =
        [
            new Difference
            {
                Kind = DifferenceKind.Unknown,
                File = "",
                Meaning = $"of the {(_native.Closure.Store is null ? "native" : "cross-built")} side there is only a manifest, which says that it differs and not in what",
            },
        ],
    };

    /// <summary>Works on several items at once, each worker with tools of its own.</summary>
    private async Task ForEachAsync<TTool>(
        IEnumerable<int> items, Func<TTool> makeTool, Func<int, TTool, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using IEnumerator<int> queue = items.GetEnumerator();
        Lock next = new();
        await Task.WhenAll(Enumerable.Range(0, _options.Jobs).Select(_ => Task.Run(WorkAsync, cancellationToken))).ConfigureAwait(false);

        async Task WorkAsync()
        {
            TTool tool = makeTool();
            while (TryTake(out int item))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await work(item, tool, cancellationToken).ConfigureAwait(false);
            }

            (tool as IDisposable)?.Dispose();
        }

        bool TryTake(out int item)
        {
            lock (next)
            {
                bool moved = queue.MoveNext();
                item = moved ? queue.Current : 0;
                return moved;
            }
        }
    }

    private void AddProblem(StorePath path, Exception exception)
    {
        lock (_lock)
        {
            _problems.Add(new ScanProblem(path.ToString(), exception.Message));
        }
    }

    private void Report(StorePath path) =>
        _progress?.Report(new ComparisonProgress(Interlocked.Increment(ref _done), _total, path));
}
