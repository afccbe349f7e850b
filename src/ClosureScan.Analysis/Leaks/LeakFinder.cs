using System.Collections.Immutable;
using ClosureScan.Analysis.Graph;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>Collects the findings of one closure and puts them in order.</summary>
internal sealed class LeakFinder(ScannedClosure closure, ClosureSizes sizes, SidedClosure sided, Platform? host, LegitimateCode legitimate)
{
    private readonly Dictionary<StorePath, PathScan> _scans = closure.Paths
        .Where(path => path.Scan is not null)
        .ToDictionary(path => path.Info.Path, path => path.Scan!);

    private readonly TwinIndex _twins = TwinIndex.Create(sided);
    private readonly SingleEdits _edits = SingleEdits.Compute(sided.Graph, sizes.Dominators);
    private readonly List<Leak> _leaks = [];

    public ImmutableArray<Leak> Find(CancellationToken cancellationToken)
    {
        foreach (int node in sided.Region)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (int successor in sided.Graph.Successors(node))
            {
                if (sided.Sides[successor] == PathSide.Foreign)
                {
                    AddReference(node, successor);
                }
            }

            if (_scans.TryGetValue(sided.Graph.Paths[node], out PathScan? scan))
            {
                legitimate.ListExplained(node, scan);
                AddBinaries(node, scan);
                AddDanglingInterpreters(node, scan);
                _leaks.AddRange(new DeepFindings(closure.StoreDirectory, sided, legitimate, node).Find(scan));
            }
        }

        return
        [
            .. _leaks.OrderByDescending(leak => leak.Effect)
                .ThenByDescending(leak => leak.AddedSize)
                .ThenBy(leak => leak.From)
                .ThenBy(leak => leak.To)
                .ThenBy(leak => leak.Rule)
                .ThenBy(leak => leak.Key, StringComparer.Ordinal),
        ];
    }

    private void AddReference(int from, int to)
    {
        StorePath source = sided.Graph.Paths[from];
        StorePath target = sided.Graph.Paths[to];
        FoundReference? found = _scans.GetValueOrDefault(source)?.FindReference(target.Hash);
        EffectJudge judge = EffectJudge.For(source);
        EvidenceList evidence = found is null ? [] :
            [.. found.Evidence.OrderByDescending(judge.Judge).ThenBy(item => item.NarOffset)];
        ReferenceEvidence? worst = evidence.FirstOrDefault();
        LeakRule rule = evidence.Any(item => item.Mechanism is Mechanism.Shebang or Mechanism.ElfInterpreter)
            ? LeakRule.ForeignInterpreter
            : LeakRule.ForeignReference;
        LeakEffect effect = worst is null ? LeakEffect.Bloats : judge.Judge(worst);
        Leak leak = new()
        {
            Rule = rule,
            Effect = effect,
            From = source,
            To = target,
            Evidence = evidence,
            FileCount = found?.FileCount ?? 0,
            Chain = sided.ChainTo(from).Add(target),
            AddedSize = _edits.FreedByEdge(sided.Graph.FindEdge(from, to)),
            Fix = CarrierOf(source, evidence) is { } carrier
                ? FixAdvisor.ForCarrier(carrier)
                : FixAdvisor.ForReference(worst, effect, new FixTarget(target, _twins.Find(target), IsOfBuild: true)),
            Key = LeakKey.For(rule, source, target),
        };
        if (!legitimate.Takes(from, leak))
        {
            _leaks.Add(leak);
        }
    }

    /// <summary>The platform of the foreign files that all the evidence lies in; null when one of them is none.</summary>
    private string? CarrierOf(StorePath source, EvidenceList evidence)
    {
        if (evidence.IsEmpty || !_scans.TryGetValue(source, out PathScan? scan))
        {
            return null;
        }

        Dictionary<string, string> foreign = scan.Platforms
            .Where(tally => IsCode(tally.Role) && sided.Classifier.IsForeign(tally.Platform))
            .SelectMany(tally => tally.Files)
            .ToDictionary(file => file.File, file => file.Identity.Platform!.System);
        return evidence.All(item => foreign.ContainsKey(item.File)) ? foreign[evidence[0].File] : null;
    }

    /// <summary>Whether a file is for the main processor of a system.</summary>
    public static bool IsCode(FileRole role) =>
        role is FileRole.Program or FileRole.SharedLibrary or FileRole.Object or FileRole.Archive;

    private void AddBinaries(int node, PathScan scan)
    {
        StorePath path = sided.Graph.Paths[node];
        IEnumerable<IGrouping<string, PlatformTally>> foreign = scan.Platforms
            .Where(tally => IsCode(tally.Role) || tally.Role is FileRole.Kernel or FileRole.Auxiliary)
            .Where(tally => sided.Classifier.IsForeign(tally.Platform) && !legitimate.Takes(node, tally))
            .GroupBy(tally => tally.Platform!.System);
        foreach (IGrouping<string, PlatformTally> tallies in foreign)
        {
            bool areLoaded = tallies.Any(tally => tally.Role is FileRole.Program or FileRole.SharedLibrary);
            _leaks.Add(new Leak
            {
                Rule = LeakRule.ForeignBinary,
                Effect = EffectJudge.For(path).JudgeBinaries(areLoaded),
                From = path,
                To = path,
                Evidence = [.. tallies.OrderBy(tally => tally.Role).SelectMany(tally => tally.Files).Select(file => Evidence(file, tallies.Key))],
                FileCount = tallies.Sum(tally => tally.FileCount),
                Chain = sided.ChainTo(node),
                AddedSize = tallies.Sum(tally => tally.ByteCount),
                Fix = FixAdvisor.ForBinary(tallies.Key, host!.System),
                Key = LeakKey.For(LeakRule.ForeignBinary, path, tallies.Key),
                Platform = tallies.Key,
            });
        }
    }

    private static ReferenceEvidence Evidence(IdentifiedFile file, string system) => new()
    {
        File = file.File,
        Offset = 0,
        NarOffset = file.NarOffset,
        Mechanism = Mechanism.Data,
        Count = 1,
        Executable = file.Executable,
        Context = $"{Noun(file.Identity.Role)} for {system}{(file.Identity.Requirements?.ToString() is { Length: > 0 } asked ? $" ({asked})" : "")}",
    };

    private static string Noun(FileRole role) => role switch
    {
        FileRole.Program => "a program",
        FileRole.SharedLibrary => "a shared library",
        FileRole.Archive => "an archive",
        FileRole.Kernel => "a kernel or a module",
        FileRole.Auxiliary => "code",
        _ => "an object",
    };

    /// <summary>Scripts in program directories whose interpreter lies where NixOS has none. It has /bin/sh and /usr/bin/env.</summary>
    private void AddDanglingInterpreters(int node, PathScan scan)
    {
        if (host is not { Kernel: "linux" or null })
        {
            return;
        }

        StorePath path = sided.Graph.Paths[node];
        IEnumerable<IGrouping<string, IdentifiedFile>> dangling = scan.Platforms
            .Where(tally => tally.Role == FileRole.Script)
            .SelectMany(tally => tally.Files)
            .Where(file => file.Executable && IsProgramDirectory(file.File) && IsDangling(file.Identity.Interpreter))
            .GroupBy(file => file.Identity.Interpreter!);
        foreach (IGrouping<string, IdentifiedFile> files in dangling)
        {
            _leaks.Add(new Leak
            {
                Rule = LeakRule.DanglingInterpreter,
                Effect = LeakEffect.Breaks,
                From = path,
                To = path,
                Evidence = [.. files.Select(file => Evidence(file, "") with { Mechanism = Mechanism.Shebang, Line = 1, Column = 1, Context = "#!" + files.Key })],
                FileCount = files.Count(),
                Chain = sided.ChainTo(node),
                AddedSize = 0,
                Fix = FixAdvisor.ForDanglingInterpreter(files.Key),
                Key = LeakKey.For(LeakRule.DanglingInterpreter, path, files.Key),
            });
        }
    }

    private static bool IsProgramDirectory(string file) =>
        file.StartsWith("bin/", StringComparison.Ordinal) || file.StartsWith("sbin/", StringComparison.Ordinal) || file.StartsWith("libexec/", StringComparison.Ordinal);

    private static bool IsDangling(string? interpreter) =>
        interpreter is not null and not ("/bin/sh" or "/usr/bin/env")
        && (interpreter.StartsWith("/bin/", StringComparison.Ordinal)
            || interpreter.StartsWith("/usr/", StringComparison.Ordinal)
            || interpreter.StartsWith("/sbin/", StringComparison.Ordinal));
}
