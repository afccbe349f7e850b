using System.Collections.Immutable;
using System.Text;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Tests.Corpus;

/// <summary>What the scanner and the analysis say of one closure of the corpus, compared with what was planted.</summary>
internal sealed class CorpusJudgement
{
    private readonly CorpusClosure _closure;
    private readonly CorpusRow _row;
    private readonly ClosureReport _report;

    private CorpusJudgement(CorpusClosure closure, CorpusRow row, CorpusVariant variant, ClosureReport report)
    {
        _closure = closure;
        _row = row;
        _report = report;
        // What builds need is a note of its own in the native rows, whatever else is told of it.
        Findings = [.. (variant == CorpusVariant.Leaking ? Judge(report, row, closure) : report.Findings).Where(finding => finding.Rule != RuleIds.BuildTool)];
    }

    /// <summary>What is reported.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>The findings that no plant accounts for.</summary>
    public IEnumerable<Finding> FalseFindings => Findings.Where(leak => !_row.Plants.Any(plant => IsOf(leak, plant)));

    /// <summary>How many findings are plants of which <paramref name="isRight"/> holds.</summary>
    public int CountRight(Func<Plant, bool> isRight) => Findings.Count(leak => _row.Plants.Any(plant => IsOf(leak, plant) && isRight(plant)));

    /// <summary>Where the closure is said to run.</summary>
    public string? Host => _report.Host?.System;

    public static async Task<CorpusJudgement> Make(CorpusRow row, CorpusVariant variant)
    {
        CorpusClosure closure = new(row, variant);
        return new CorpusJudgement(closure, row, variant, ClosureAnalyzer.Analyze(await closure.ScanAsync()));
    }

    /// <summary>Whether the plant is reported under its rule and with its effect.</summary>
    public bool IsReported(Plant plant) => plant.Rule is null || Findings.Any(leak => IsOf(leak, plant) && leak.Effect == plant.Effect);

    /// <summary>Whether the planted bytes are told exactly: the hash, or the file, lies in the NAR where the evidence says.</summary>
    public bool TellsOffset(Plant plant)
    {
        if (EvidenceOf(plant) is not { } evidence)
        {
            return false;
        }

        ReadOnlySpan<byte> nar = _closure.NarOf(_closure.PackageOf(plant));
        CorpusFile file = _closure.FileOf(plant);
        ReadOnlySpan<byte> contents = file.Target is { } link ? Encoding.ASCII.GetBytes(link) : file.Contents;
        int expected = plant.Rule == RuleIds.ForeignBinary ? 0 : contents.IndexOf(HashOf(plant));
        return evidence.Offset == expected && plant.Rule switch
        {
            RuleIds.ForeignBinary => nar[(int)evidence.NarOffset..].StartsWith("\u007fELF"u8),
            _ => nar[(int)(evidence.NarOffset - evidence.Offset)..].StartsWith(contents),
        };
    }

    /// <summary>Whether the side of what the plant names, or the platform of the planted file, is told right.</summary>
    public bool TellsSide(Plant plant)
    {
        if (plant.Rule == RuleIds.ForeignBinary)
        {
            return Findings.Any(leak => IsOf(leak, plant) && leak.Platform == plant.WrongMachine!.System);
        }

        AnalyzedPath? target = _report.Paths.FirstOrDefault(path => path.Path.Equals(_closure.TargetOf(plant)));
        PathSide expected = plant.IsForeign ? PathSide.Foreign
            : plant.Target!.Kind == CorpusTargetKind.Programs ? PathSide.Host
            : target?.Side == PathSide.Host ? PathSide.Host : PathSide.Neutral;
        return target?.Side == expected;
    }

    /// <summary>Whether what carries the planted bytes is told right.</summary>
    public bool TellsMechanism(Plant plant) => EvidenceOf(plant)?.Mechanism == plant.Mechanism;

    public string Describe() => string.Join('\n', Findings.Select(leak =>
        $"{leak.Effect} {leak.Rule} {leak.From.Name} -> {leak.To?.Name}: "
        + string.Join(", ", leak.Evidence.Select(evidence => $"{evidence.File} {evidence.Mechanism} @{evidence.Offset} \"{evidence.Context}\" {evidence.SubPath}"))))
        + "\n" + string.Join('\n', _report.Paths.Select(path => $"  {path.Path.Name}: {path.Side} because {path.Because}"));

    private static IEnumerable<Finding> Judge(ClosureReport report, CorpusRow row, CorpusClosure closure)
    {
        ImmutableArray<ForbidEntry> forbid =
        [
            .. row.Plants.Where(plant => plant.Rule == RuleIds.ForbiddenReference)
                .Select(plant => new ForbidEntry { Target = GlobPattern.Parse(closure.TargetOf(plant).Name), Reason = "it is for building" }),
        ];
        return PolicyJudge.Judge(report, new ClosurePolicy { Forbid = forbid }).Open;
    }

    private bool IsOf(Finding leak, Plant plant) =>
        leak.Rule == plant.Rule && leak.From.Equals(_closure.PackageOf(plant)) && (leak.To ?? leak.From).Equals(_closure.TargetOf(plant))
        && leak.Evidence.Any(evidence => evidence.File == plant.File);

    private ReferenceEvidence? EvidenceOf(Plant plant)
    {
        IEnumerable<ReferenceEvidence> evidence = plant.Rule is null
            ? _report.Closure.Paths.First(path => path.Info.Path.Equals(_closure.PackageOf(plant))).Scan!.References
                .Where(found => found.Target == _closure.TargetOf(plant).Hash).SelectMany(found => found.Evidence)
            : Findings.Where(leak => IsOf(leak, plant)).SelectMany(leak => leak.Evidence);
        return evidence.FirstOrDefault(item => item.File == plant.File);
    }

    private ReadOnlySpan<byte> HashOf(Plant plant) => Encoding.ASCII.GetBytes(_closure.TargetOf(plant).Hash.ToString());
}
