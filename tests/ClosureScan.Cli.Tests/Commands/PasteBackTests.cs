using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>Whatever a report prints is taken by the next command: nobody has to look a path up by hand.</summary>
public sealed class PasteBackTests
{
    private const string Root = "*-pi-image-*";
    private const string Number = "1";
    private const string FindingKey = "foreign-reference:curl:gcc-wrapper";
    private const string PlaceKey = "foreign-reference curl bin/curl-config config-script gcc-wrapper";
    private const string Arrow = "k5zkhzsj…-curl-8.7.1 → a90n7khk…-gcc-wrapper-13.2.0";

    /// <summary>Every kind of word that means the wrapper of the compiler, or what leads to it.</summary>
    public static TheoryData<string> Words => [Number, FindingKey, PlaceKey, Arrow, "curl-8.7.1 -> gcc-wrapper", "a90n7khk…-gcc-wrapper-13.2.0", "gcc-wrapper-13.2.0", "gcc-wrapper", "*-gcc-wrapper-*", "a90n7khk"];

    /// <summary>Those of them that mean a path where no report is at hand.</summary>
    public static TheoryData<string> PathWords => [.. Words.Where(row => row.Data != Number)];

    [Fact]
    public void Words_are_those_that_reports_print()
    {
        string finding = Run("scan", Root, "--show", Number).Text;
        Assert.Contains($"key     {FindingKey}\n", finding, StringComparison.Ordinal);
        Assert.Contains("names   a90n7khk…-gcc-wrapper-13.2.0", finding, StringComparison.Ordinal);
        string cut = Unwrapped(Run("cut", Root).Text);
        Assert.Contains(Arrow, cut, StringComparison.Ordinal);
        using TemporaryTree folder = new();
        folder.File("policy.yaml", "allow:\n  - package: curl\n    reason: a test\n");
        Assert.Contains(PlaceKey, Unwrapped(Run("check", Root, "--policy", folder.PathOf("policy.yaml")).Text), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void Why_takes_it(string word)
    {
        ToolRun run = Run("why", Root, word);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("a90n7khk…-gcc-wrapper-13.2.0\n", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Number)]
    [InlineData(FindingKey)]
    public void Why_takes_a_finding_by_its_option(string word) => Assert.Equal(Run("why", Root, word).Text, Run("why", Root, "--finding", word).Text);

    [Theory]
    [MemberData(nameof(Words))]
    public void What_if_takes_it_and_frees_what_the_finding_promises(string word)
    {
        ToolRun run = Run("what-if", Root, "--drop", word);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("4.0 KiB in 1 path leave", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void Cut_takes_it(string word)
    {
        ToolRun run = Run("cut", Root, word);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("1 edit in 1 file frees 4.0 KiB of", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(PathWords))]
    public void Size_and_diff_take_it(string word)
    {
        Assert.Contains("a90n7khk…-gcc-wrapper-13.2.0", Run("size", word).Text, StringComparison.Ordinal);
        ToolRun diff = Run("diff", word, "gcc-wrapper");
        Assert.Equal(0, diff.ExitCode);
        Assert.Contains("0 paths added, 0 removed, 0 changed", Unwrapped(diff.Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("99")]
    [InlineData("foreign-reference:curl:nothing")]
    public void Finding_that_is_not_there_is_told(string word)
    {
        foreach (string[] call in (string[][])[["what-if", Root, "--drop", word], ["why", Root, word], ["cut", Root, word]])
        {
            ToolRun run = Run(call);
            Assert.Equal(4, run.ExitCode);
            Assert.Contains(word.Split(':')[^1], run.Error, StringComparison.Ordinal);
        }
    }

    private static ToolRun Run(params string[] call) => ClosureScanTool.Run([.. call, "--store", LeakyCache.Location]);

    private static string Unwrapped(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
