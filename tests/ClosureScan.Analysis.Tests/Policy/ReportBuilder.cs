using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Tests.Policy;

/// <summary>Makes leak reports by hand, without a scan. Hashes are made of names and <see cref="Salt"/>; the first path is the root.</summary>
internal sealed class ReportBuilder
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, (long Size, string[] References)> _paths = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unscanned = new(StringComparer.Ordinal);
    private readonly List<Func<Leak>> _leaks = [];
    private readonly List<ScanProblem> _problems = [];
    private readonly List<string> _roots = [];

    /// <summary>Changes every hash: the same packages, built on another machine.</summary>
    public string Salt { get; init; } = "";

    public StorePath PathOf(string name)
    {
        string hash = NixBase32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(Salt + name)).AsSpan(0, 20));
        return StorePath.Parse($"/nix/store/{hash}-{name}");
    }

    public ReportBuilder Add(string name, long size, params string[] references)
    {
        _names.Add(name);
        _paths.Add(name, (size, references));
        return this;
    }

    public ReportBuilder Root(string name)
    {
        _roots.Add(name);
        return this;
    }

    public ReportBuilder WithoutBytes(string name)
    {
        _unscanned.Add(name);
        return this;
    }

    public ReportBuilder Problem(string path, string message)
    {
        _problems.Add(new ScanProblem(path, message));
        return this;
    }

    /// <summary>Adds a finding on an edge, with one file for each item.</summary>
    public ReportBuilder Leak(
        LeakRule rule, LeakEffect effect, string from, string to, long addedSize, params (string File, Mechanism Mechanism)[] files)
    {
        _leaks.Add(() => Make(rule, effect, from, to, addedSize, null, files));
        return this;
    }

    /// <summary>Adds a finding on an edge with more files than the evidence names.</summary>
    public ReportBuilder LeakOfManyFiles(string from, string to, long fileCount, params (string File, Mechanism Mechanism)[] files)
    {
        _leaks.Add(() => Make(LeakRule.ForeignReference, LeakEffect.Bloats, from, to, 0, fileCount, files));
        return this;
    }

    public LeakReport Build()
    {
        ScannedClosure closure = new()
        {
            StoreDirectory = StorePath.DefaultStoreDirectory,
            Roots = [.. (_roots.Count > 0 ? _roots : _names.Take(1)).Select(PathOf).Order()],
            Paths = [.. _names.Select(Scanned).OrderBy(path => path.Info.Path)],
            Problems = [.. _problems],
        };
        ClosureGraph graph = ClosureGraph.Create(closure);
        ClosureSizes sizes = ClosureSizes.Compute(graph);
        return new LeakReport
        {
            Closure = closure,
            Graph = graph,
            Host = Platform.TryParse("armv7l-linux", out Platform? host) ? host : null,
            HostFrom = HostOrigin.Root,
            Build = Platform.TryParse("x86_64-linux", out Platform? build) ? build : null,
            Paths =
            [
                .. graph.Paths.Select((path, node) => new AnalyzedPath
                {
                    Path = path,
                    NarSize = sizes.SelfSize(node),
                    ClosureSize = sizes.ClosureSize(node),
                    AddedSize = sizes.AddedSize(node),
                    References = [.. closure.Paths[node].Info.References ?? []],
                    Side = PathSide.Neutral,
                    Platforms = [],
                    Because = "made by hand",
                }),
            ],
            Leaks = [.. _leaks.Select(make => make())],
            ClosureSize = sizes.TotalSize,
        };
    }

    private Leak Make(
        LeakRule rule, LeakEffect effect, string from, string to, long addedSize, long? fileCount, (string File, Mechanism Mechanism)[] files)
    {
        StorePath source = PathOf(from);
        StorePath target = PathOf(to);
        return new Leak
        {
            Rule = rule,
            Effect = effect,
            From = source,
            To = target,
            Evidence = [.. files.Select((file, index) => Evidence(file.File, file.Mechanism, index, target))],
            FileCount = fileCount ?? files.Length,
            Chain = from == to ? [PathOf(_names[0]), source] : [PathOf(_names[0]), source, target],
            AddedSize = addedSize,
            Fix = $"Build it with the host's {LeakKey.Name(target)}.",
            Key = rule == LeakRule.ForeignBinary ? LeakKey.For(rule, source, "x86_64-linux") : LeakKey.For(rule, source, target),
            Platform = rule == LeakRule.ForeignBinary ? "x86_64-linux" : null,
        };
    }

    private static ReferenceEvidence Evidence(string file, Mechanism mechanism, int index, StorePath target) => new()
    {
        File = file,
        Offset = 100 + index,
        NarOffset = 1000 + 10 * index,
        Mechanism = mechanism,
        Count = 1 + index % 3,
        Executable = true,
        Line = mechanism == Mechanism.ElfRodata ? null : 1 + index,
        Column = mechanism == Mechanism.ElfRodata ? null : 3,
        Section = mechanism == Mechanism.ElfRodata ? ".rodata" : null,
        SectionOffset = mechanism == Mechanism.ElfRodata ? 0x40 : null,
        SubPath = mechanism == Mechanism.Shebang ? "/bin/sh" : null,
        Context = string.Create(CultureInfo.InvariantCulture, $"CC='{target}' <&> |{index}| `x`"),
    };

    private ScannedPath Scanned(string name)
    {
        (long size, string[] references) = _paths[name];
        PathInfo info = new() { Path = PathOf(name), NarSize = size, References = [.. references.Select(PathOf).Order()] };
        PathScan scan = new()
        {
            NarSize = size,
            FileCount = 3,
            ByteCount = size,
            References = [.. references.Select(PathOf).Order().Select(target => new FoundReference
            {
                Target = target.Hash,
                Count = 1,
                FileCount = 1,
                Evidence = [Evidence("share/names", Mechanism.Text, 0, target)],
            })],
        };
        return new ScannedPath(info, _unscanned.Contains(name) ? null : scan);
    }
}
