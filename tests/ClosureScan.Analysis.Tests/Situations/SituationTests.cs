using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;

namespace ClosureScan.Analysis.Tests.Situations;

/// <summary>
/// The scoreboard: what people built and reported, made anew by real compilers, and right closures that only look like it. What is judged is the whole way from
/// the bytes to the advice.
/// </summary>
public sealed class SituationTests(ITestOutputHelper output)
{
    private static readonly ImmutableArray<Situation> Situations = [.. PackageSituations.All, .. SystemSituations.All, .. CarrierSituations.All, .. PlatformSituations.All];

    public static TheoryData<string> Names => [.. Situations.Select(situation => situation.Name)];

    [Fact]
    public void Scoreboard_is_wide_enough()
    {
        Assert.True(Situations.Length >= 60, $"{Situations.Length}");
        Assert.Equal(Situations.Length, Situations.Select(situation => situation.Name).Distinct().Count());
        Assert.True(Situations.Count(situation => situation.Expected.IsEmpty) * 3 >= Situations.Length);
        Assert.True(Situations.Select(situation => situation.Host).Distinct().Count() >= 6);
        Assert.True(Situations.Select(situation => situation.Ecosystem).Distinct().Count() >= 10);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Situation_is_told_as_it_is(string name)
    {
        SituationJudgement judgement = await SituationJudgement.Make(Situations.Single(situation => situation.Name == name));
        Assert.True(judgement.IsWhole, judgement.ToString());
    }

    /// <summary>Each advice is followed, and the closure scanned again: nothing is left, and nothing new is there.</summary>
    [Fact]
    public async Task What_is_advised_mends()
    {
        HashSet<string> tried = [];
        foreach (Situation situation in Situations.Where(situation => !situation.Expected.IsEmpty))
        {
            SituationJudgement leaking = await SituationJudgement.Make(situation);
            SituationJudgement mended = await leaking.Mend(tried);
            Assert.True(mended.Told == 0 && mended.IsHostRight, $"before:\n{leaking}\nafter:\n{mended}");
        }

        Assert.Equal(AdvisedEdits.Words.Order(), tried.Order());
    }

    [Fact]
    public async Task Scoreboard_is_whole()
    {
        List<SituationJudgement> judgements = [];
        foreach (Situation situation in Situations)
        {
            judgements.Add(await SituationJudgement.Make(situation));
        }

        int expected = judgements.Sum(judgement => judgement.Expected);
        output.WriteLine($"{Situations.Length} situations, {Situations.Count(situation => situation.Expected.IsEmpty)} of them right, {expected} places to tell");
        output.WriteLine($"host      {judgements.Count(judgement => judgement.IsHostRight)}/{judgements.Count}");
        output.WriteLine($"recall    {judgements.Sum(judgement => judgement.Found)}/{expected}");
        output.WriteLine($"precision {judgements.Sum(judgement => judgement.Found)}/{judgements.Sum(judgement => judgement.Told)}");
        output.WriteLine($"effect    {judgements.Sum(judgement => judgement.RightEffects)}/{expected}");
        output.WriteLine($"advice    {judgements.Sum(judgement => judgement.RightAdvice)}/{expected}");
        Assert.All(judgements, judgement => Assert.True(judgement.IsHostRight && judgement.Found == judgement.Expected && judgement.Told == judgement.Found, judgement.ToString()));
        Assert.True(judgements.Sum(judgement => judgement.RightEffects) * 100 >= 95 * expected);
        Assert.True(judgements.Sum(judgement => judgement.RightAdvice) * 100 >= 95 * expected);
    }
}
