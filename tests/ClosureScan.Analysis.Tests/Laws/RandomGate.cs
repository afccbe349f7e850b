using System.Globalization;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Tests.Corpus;
using ClosureScan.Paths;
using ClosureScan.Platforms;
using ClosureScan.Testing;
using Xunit.Sdk;

namespace ClosureScan.Analysis.Tests.Laws;

/// <summary>A small closure of real files that can be changed and scanned again: packages of the host that name tools of the build in scripts, texts and links.</summary>
internal sealed class RandomGate
{
    private const string Suffix = "armv7l-unknown-linux-gnueabihf";
    private const int Tools = 4;

    public static readonly AnalysisOptions OnArm = new() { Host = Platform.TryParse("armv7l-linux", out Platform? arm) ? arm : null };

    private readonly List<(int Package, string File, int Tool, Kind Kind)> _files = [];
    private readonly List<(int From, int To)> _toolReferences = [];
    private readonly int _packages;
    private string _version = "1.2";

    private RandomGate(Random random)
    {
        _packages = random.Next(1, 4);
        for (int count = random.Next(7); count > 0; count--)
        {
            Add(random, (Kind)random.Next(4));
        }

        for (int count = random.Next(4); count > 0; count--)
        {
            _toolReferences.Add((random.Next(Tools), random.Next(Tools)));
        }
    }

    private enum Kind
    {
        Script,
        Note,
        Link,
        ScriptAndNote,
    }

    /// <summary>Holds a law to many closures. The first seed is that of CLOSURESCAN_SEED, else a new one; CLOSURESCAN_LAWS says how many closures.</summary>
    public static async Task ForEach(int count, Func<RandomGate, Random, Task> law)
    {
        int first = int.TryParse(Environment.GetEnvironmentVariable("CLOSURESCAN_SEED"), out int given) ? given : Random.Shared.Next();
        count = int.TryParse(Environment.GetEnvironmentVariable("CLOSURESCAN_LAWS"), out int asked) ? asked : count;
        for (int index = 0; index < count; index++)
        {
            int seed = unchecked(first + index);
            Random random = new(seed);
            try
            {
                await law(new RandomGate(random), random);
            }
            catch (Exception exception)
            {
                throw new XunitException($"CLOSURESCAN_SEED={seed}: {exception.Message}", exception);
            }
        }
    }

    /// <summary>A baseline that knows some of a report.</summary>
    public static Baseline BaselineOf(ClosureReport report, Random random) => new(Baseline.EntriesOf(report.Findings, _ => random.Next(2) == 0), []);

    /// <summary>A policy that allows some of a report.</summary>
    public static ClosurePolicy PolicyOf(ClosureReport report, Random random) => new()
    {
        FailOn = random.Next(2) == 0 ? FailureThreshold.Bloats : FailureThreshold.Breaks,
        Allow = [.. EntriesFor(report).Where(_ => random.Next(3) == 0)],
    };

    /// <summary>One entry for each file and target, which is as narrow as an entry can be.</summary>
    public static IEnumerable<AllowEntry> EntriesFor(ClosureReport report) =>
        from finding in report.Findings
        from occurrence in finding.Occurrences
        group occurrence by (finding.Rule, finding.From.Name, occurrence.File, Target: finding.To?.Name ?? finding.Target) into place
        select new AllowEntry
        {
            Rule = place.Key.Rule,
            Package = GlobPattern.Parse(place.Key.Name),
            File = GlobPattern.Parse(place.Key.File!),
            Target = GlobPattern.Parse(place.Key.Target),
            Reason = "a law",
        };

    public async Task<ClosureReport> AnalyzeAsync()
    {
        MemoryStore store = new();
        string root = Package(0);
        store[root].File("bin/main", CorpusMachine.Arm.Elf(2).Build(), executable: true);
        for (int package = 1; package < _packages; package++)
        {
            store[root].Symlink($"deps/{package}", MemoryStore.PathOf(Package(package)).ToString());
            store[Package(package)].File("bin/main", CorpusMachine.Arm.Elf(2).Build(), executable: true);
        }

        for (int tool = 0; tool < Tools; tool++)
        {
            store[Tool(tool)].File("bin/tool", CorpusMachine.Intel.Elf(2).Build(), executable: true);
        }

        foreach ((int from, int to) in _toolReferences.Distinct().Where(edge => edge.From != edge.To))
        {
            store[Tool(from)].Symlink($"uses/{to}", MemoryStore.PathOf(Tool(to)).ToString());
        }

        foreach ((int package, string file, int tool, Kind kind) in _files)
        {
            string path = MemoryStore.PathOf(Tool(tool)).ToString();
            _ = kind switch
            {
                Kind.Script => store[Package(package)].File(file, $"#!{path}/bin/tool\n", executable: true),
                Kind.ScriptAndNote => store[Package(package)].File(file, $"#!{path}/bin/tool\n# made by {path}/share\n", executable: true),
                Kind.Note => store[Package(package)].File(file, $"see {path}/share/doc\n"),
                _ => store[Package(package)].Symlink(file, $"{path}/share"),
            };
        }

        return ClosureAnalyzer.Analyze(await store.ScanAsync(MemoryStore.PathOf(root)), OnArm);
    }

    /// <summary>Adds a script that starts through a tool of the build.</summary>
    public void AddBreakingFile(Random random) => Add(random, Kind.Script);

    /// <summary>Takes files away, adds some, and makes others of another kind.</summary>
    public void Change(Random random)
    {
        _files.RemoveAll(_ => random.Next(4) == 0);
        for (int index = 0; index < _files.Count; index++)
        {
            _files[index] = random.Next(4) == 0 ? _files[index] with { Kind = (Kind)random.Next(4) } : _files[index];
        }

        for (int count = random.Next(3); count > 0; count--)
        {
            Add(random, (Kind)random.Next(4));
        }
    }

    /// <summary>The same closure some versions later.</summary>
    public RandomGate Update()
    {
        _version = "3.10.1";
        return this;
    }

    private void Add(Random random, Kind kind) =>
        _files.Add((random.Next(_packages), string.Create(CultureInfo.InvariantCulture, $"share/f{_files.Count}x{random.Next(1000)}"), random.Next(Tools), kind));

    private string Package(int package) => $"python{_version}-package{(char)('a' + package)}-{Suffix}-{_version}";

    private string Tool(int tool) => $"tool{(char)('a' + tool)}-{_version}";
}
