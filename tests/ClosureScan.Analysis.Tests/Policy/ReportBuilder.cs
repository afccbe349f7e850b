using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Model;
using ClosureScan.Analysis.Rules;
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
    private readonly List<Func<Finding>> _findings = [];
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
    public ReportBuilder Finding(
        string rule, Effect effect, string from, string to, long freedBytes, params (string File, Mechanism Mechanism)[] files)
    {
        _findings.Add(() => Make(rule, effect, from, to, freedBytes, files));
        return this;
    }

    public ClosureReport Build()
    {
        ScannedClosure closure = new()
        {
            StoreDirectory = StorePath.DefaultStoreDirectory,
            Roots = [.. (_roots.Count > 0 ? _roots : _names.Take(1)).Select(PathOf).Order()],
            Paths = [.. _names.Select(Scanned).OrderBy(path => path.Info.Path)],
            Problems = [.. _problems],
        };
        ClosureModel model = ClosureModel.Create(closure);
        return new ClosureReport
        {
            Model = model,
            HostFrom = new InferredHost(Platform.TryParse("armv7l-linux", out Platform? host) ? host : null, HostOrigin.Root, []),
            Build = Platform.TryParse("x86_64-linux", out Platform? build) ? build : null,
            Paths = [.. Enumerable.Range(0, model.Graph.NodeCount).Select(node => new AnalyzedPath(model, node) { Side = PathSide.Neutral, Platforms = [], Because = "made by hand" })],
            Groups = GroupFinder.Find(model, _findings.Select(make => make())),
        };
    }

    private Finding Make(string rule, Effect effect, string from, string to, long freedBytes, (string File, Mechanism Mechanism)[] files)
    {
        StorePath source = PathOf(from);
        StorePath target = PathOf(to);
        bool isBinary = rule == RuleIds.ForeignBinary;
        string about = isBinary ? "x86_64-linux" : PackageNames.Of(target);
        Assert.True(RuleSet.Default.TryFind(rule, out Rule? known), rule);
        int index = 0;
        return new Finding
        {
            Rule = rule,
            From = source,
            To = isBinary ? null : target,
            Target = about,
            Occurrences = OccurrenceBuilder.Build(
                known, source, about, files.Select(file => Evidence(file.File, file.Mechanism, index++, target)), _ => effect, (_, _) => $"Build it with the host's {PackageNames.Of(target)}."),
            Chain = from == to ? [PathOf(_names[0]), source] : [PathOf(_names[0]), source, target],
            FreedBytes = isBinary ? 0 : freedBytes,
            ByteCount = isBinary ? freedBytes : 0,
            Platform = isBinary ? "x86_64-linux" : null,
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
