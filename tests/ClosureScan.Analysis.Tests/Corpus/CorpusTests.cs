using System.Collections.Immutable;

namespace ClosureScan.Analysis.Tests.Corpus;

/// <summary>
/// The leaks that people found in closures of Nixpkgs, 71 of them, built anew with the kind of file that carried each, beside closures
/// that only look like them. What is judged is the whole way from the bytes of the NARs to the findings.
/// </summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    internal static readonly ImmutableArray<CorpusRow> Rows =
        [.. ((ImmutableArray<CorpusRow>[])[ScriptRows.Rows, TextRows.Rows, BinaryRows.Rows, NativeRows.Rows]).SelectMany(rows => rows).OrderBy(row => row.Id, StringComparer.Ordinal)];

    public static TheoryData<string> Ids => [.. Rows.Select(row => row.Id)];

    [Fact]
    public void Corpus_has_every_leak_once() =>
        Assert.Equal(Enumerable.Range(1, 71).Select(number => $"L{number:00}"), Rows.Select(row => row.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Leak_is_found_at_its_byte_with_its_side_its_mechanism_and_its_effect(string id)
    {
        CorpusRow row = Rows.Single(row => row.Id == id);
        CorpusJudgement judgement = await CorpusJudgement.Make(row, CorpusVariant.Leaking);

        Assert.Equal(row.Host.System, judgement.Host);
        foreach (Plant plant in row.Plants)
        {
            string what = $"{plant.File}\n{judgement.Describe()}";
            Assert.True(judgement.IsReported(plant), "not reported so: " + what);
            Assert.True(judgement.TellsOffset(plant), "not at its byte: " + what);
            Assert.True(judgement.TellsSide(plant), "side not told right: " + what);
            Assert.True(judgement.TellsMechanism(plant), "mechanism not told right: " + what);
        }

        Assert.True(!judgement.FalseFindings.Any(), judgement.Describe());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task What_only_looks_like_the_leak_is_no_finding(string id)
    {
        CorpusRow row = Rows.Single(row => row.Id == id);
        foreach (CorpusVariant variant in (CorpusVariant[])[CorpusVariant.Scrubbed, CorpusVariant.Twin])
        {
            CorpusJudgement judgement = await CorpusJudgement.Make(row, variant);
            Assert.True(judgement.Findings.IsEmpty, $"{variant}: {judgement.Describe()}");
        }
    }

    [Fact]
    public async Task Recall_and_precision_are_whole_in_all_three_labels()
    {
        (string Label, Func<CorpusJudgement, Plant, bool> IsRight)[] labels =
        [
            ("byte", static (judgement, plant) => judgement.TellsOffset(plant)),
            ("side", static (judgement, plant) => judgement.TellsSide(plant)),
            ("mechanism", static (judgement, plant) => judgement.TellsMechanism(plant)),
        ];
        List<(CorpusRow Row, CorpusVariant Variant, CorpusJudgement Judgement)> closures = [];
        foreach (CorpusRow row in Rows)
        {
            foreach (CorpusVariant variant in Enum.GetValues<CorpusVariant>())
            {
                closures.Add((row, variant, await CorpusJudgement.Make(row, variant)));
            }
        }

        Plant[] plants = [.. Rows.SelectMany(row => row.Plants)];
        int told = closures.Sum(closure => closure.Judgement.Findings.Length);
        output.WriteLine($"{Rows.Length} leaks in {plants.Length} files, {2 * Rows.Length} closures that only look like them, {told} findings");
        foreach ((string label, Func<CorpusJudgement, Plant, bool> isRight) in labels)
        {
            int found = closures.Where(closure => closure.Variant == CorpusVariant.Leaking)
                .Sum(closure => closure.Row.Plants.Count(plant => isRight(closure.Judgement, plant)));
            int right = closures.Sum(closure => closure.Judgement.CountRight(plant => isRight(closure.Judgement, plant)));
            output.WriteLine($"{label,-10} recall {found}/{plants.Length}, precision {right}/{told}");
            Assert.Equal((label, plants.Length, told), (label, found, right));
        }
    }
}
