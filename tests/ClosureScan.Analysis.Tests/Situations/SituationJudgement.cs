using ClosureScan.Analysis.Findings;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Tests.Situations;

/// <summary>What is said of one situation, compared with what is to be said. Notes on what only builds need are left out: they fail nothing.</summary>
internal sealed class SituationJudgement
{
    private readonly Situation _situation;
    private readonly ClosureReport _report;
    private readonly (Finding Finding, Occurrence Place)[] _told;
    private readonly Occurrence?[] _found;

    private readonly Scene _scene;
    private readonly ScannedClosure _closure;

    private SituationJudgement(Situation situation, Scene scene, ScannedClosure closure, ClosureReport report)
    {
        _situation = situation;
        _scene = scene;
        _closure = closure;
        _report = report;
        _told = [.. from finding in report.Findings where finding.Severity != Severity.Note from place in finding.Occurrences select (finding, place)];
        _found =
        [
            .. situation.Expected.Select(expected => _told.FirstOrDefault(told =>
                told.Finding.Rule == expected.Rule && told.Finding.From.Name == expected.Package && told.Place.File == expected.File).Place),
        ];
    }

    /// <summary>How many places are to be told.</summary>
    public int Expected => _found.Length;

    /// <summary>How many are.</summary>
    public int Told => _told.Length;

    /// <summary>How many of those to be told are.</summary>
    public int Found => _found.Count(place => place is not null);

    /// <summary>How many have the right effect.</summary>
    public int RightEffects => Count((place, expected) => place.Effect == expected.Effect);

    /// <summary>How many have the right advice; what breaks is never to be scrubbed.</summary>
    public int RightAdvice => Count((place, expected) => place.Fix.Contains(expected.Advice, StringComparison.Ordinal)
        && (expected.Effect == Effect.Bloats || !place.Fix.Contains("remove-references-to", StringComparison.Ordinal)));

    public bool IsHostRight => _report.Host?.System == _situation.Host;

    public bool IsWhole => IsHostRight && Told == Expected && RightEffects == Expected && RightAdvice == Expected;

    public static async Task<SituationJudgement> Make(Situation situation)
    {
        Scene scene = new();
        situation.Build(scene);
        return await Make(situation, scene);
    }

    /// <summary>Does all that is advised, and judges again. The words that the edits were told by are added to <paramref name="words"/>.</summary>
    public async Task<SituationJudgement> Mend(ISet<string> words)
    {
        AdvisedEdits edits = new(_scene, _closure, _situation.Host);
        foreach ((Finding finding, Occurrence place) in _told.OrderBy(told => told.Place.Mechanism == Evidence.Mechanism.Bytecode))
        {
            // Byte code is made of sources that are mended first.
            string? made = edits.Make(finding, place);
            Assert.True(made is not null, $"Nobody knows how to do this: {place.Fix}");
            words.Add(made);
        }

        return await Make(_situation, _scene);
    }

    private static async Task<SituationJudgement> Make(Situation situation, Scene scene)
    {
        Platform? host = situation.Told is { } told && Platform.TryParse(told, out Platform? platform) ? platform : null;
        ScannedClosure closure = await scene.ScanAsync(situation.IsDeep);
        return new SituationJudgement(situation, scene, closure, ClosureAnalyzer.Analyze(closure, new AnalysisOptions { Host = host }));
    }

    public override string ToString() => $"""
        {_situation.Name} ({_situation.Source})
        host {_report.Host?.System} ({string.Join("; ", _report.HostFrom.Evidence)}), to be {_situation.Host}
        told:
        {string.Join('\n', _told.Select(told => $"  {told.Place.Effect} {told.Finding.Rule} {told.Finding.From.Name} -> {told.Finding.Target}: {told.Place.File} {told.Place.Mechanism} {told.Place.Evidence?.Usage} \"{told.Place.Evidence?.Context}\" {told.Place.Fix}"))}
        to be told:
        {string.Join('\n', _situation.Expected.Select(expected => "  " + expected))}
        sides:
        {string.Join('\n', _report.Paths.Select(path => $"  {path.Path.Name}: {path.Side} because {path.Because}"))}
        """;

    private int Count(Func<Occurrence, Expectation, bool> isRight) =>
        _found.Where((place, index) => place is not null && isRight(place, _situation.Expected[index])).Count();
}
