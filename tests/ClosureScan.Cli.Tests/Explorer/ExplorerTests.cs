using System.Text;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Cli.Explorer;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Explorer;

/// <summary>What keys do and what is seen then. The screens are committed; a line with the cursor begins with a mark in the margin.</summary>
public sealed class ExplorerTests
{
    [Theory]
    [InlineData("begin", "")]
    [InlineData("finding", "lll")]
    [InlineData("chains", "/gcc-13\nw")]
    [InlineData("holders", "/gcc-13\nW")]
    [InlineData("search", "/systemd")]
    [InlineData("by-name", "\n" + "ssss")]
    [InlineData("bytes", "ll\t")]
    [InlineData("cut", "c")]
    [InlineData("basket", "cab")]
    [InlineData("help", "?size")]
    public async Task Screen_is_the_committed_one(string name, string keys) =>
        GoldenFile.Check($"{name}.txt", Encoding.UTF8.GetBytes((await SampleExplorer.BeginAsync()).Press(keys).Screen()));

    [Fact]
    public async Task Changes_show_who_brought_what()
    {
        SampleExplorer sample = await SampleExplorer.BeginAsync(isMended: true);

        GoldenFile.Check("came.txt", Encoding.UTF8.GetBytes(sample.Press("d").Screen()));
        Assert.Contains("8 went", sample.Press("dd").Screen(), StringComparison.Ordinal);
        Assert.Null(sample.Press("d").Explorer.Sheet);
    }

    [Fact]
    public async Task Three_edges_free_what_what_if_says()
    {
        SampleExplorer sample = await SampleExplorer.BeginAsync();
        sample.Press("lx" + "lx" + "lx");

        Assert.Equal(3, sample.Explorer.Basket.Edits.Count);
        ToolRun run = ClosureScanTool.Run([
            "what-if", LeakyCache.RootName, "--store", "samples/leaky-cache", "--format", "json",
            .. sample.Explorer.Basket.Edits.SelectMany(edit => (string[])["--drop", edit.Text])]);
        Assert.Contains($"\"freedBytes\": {sample.Explorer.Basket.Outcome!.FreedBytes},", run.Text, StringComparison.Ordinal);
        Assert.Contains($"3 edits free {Rendering.Quantity.Bytes(sample.Explorer.Basket.Outcome.FreedBytes).Replace('\u00a0', ' ')}", sample.Screen(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whole_cut_in_the_basket_frees_what_the_cut_says_and_ends_every_finding()
    {
        SampleExplorer sample = await SampleExplorer.BeginAsync();
        ClosureCut cut = CutFinder.ForFindings(sample.Explorer.View.Report);
        sample.Press("ca");

        Assert.Equal(cut.FreedBytes, sample.Explorer.Basket.Outcome!.FreedBytes);
    }

    [Fact]
    public async Task A_file_in_the_basket_is_an_edit_of_that_file()
    {
        SampleExplorer sample = await SampleExplorer.BeginAsync();
        sample.Press("l\t").Press("x");

        ProposedEdit edit = Assert.Single(sample.Explorer.Basket.Edits);
        Assert.Equal(ProposedEditKind.DropFiles, edit.Kind);
        Assert.EndsWith(":bin/curl-config", edit.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_copied_is_the_whole_path_or_the_command()
    {
        SampleExplorer sample = await SampleExplorer.BeginAsync();

        Assert.Equal("/nix/store/jd8yjz8zgn7lvhsjmx4wqv63zkyrzb79-armv7l-unknown-linux-gnueabihf-gcc-13.2.0", sample.Press("/gcc-13\ny").Explorer.Copied);
        Assert.Equal("closurescan why ./result jd8yjz8zgn7lvhsjmx4wqv63zkyrzb79-armv7l-unknown-linux-gnueabihf-gcc-13.2.0", sample.Press("Y").Explorer.Copied);
        Assert.Null(sample.Press("j").Explorer.Copied);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(40, 10)]
    [InlineData(60, 12)]
    [InlineData(300, 100)]
    public async Task Every_size_of_a_screen_can_be_drawn(int width, int height)
    {
        SampleExplorer sample = await SampleExplorer.BeginAsync();
        foreach (string keys in (string[])["", "l", "\t\t", "w", "\e?", "\e/gcc", "\ecx", "\eb"])
        {
            string[] lines = sample.Press(keys).Screen(width, height).TrimEnd('\n').Split('\n');
            Assert.True(lines.Length <= height);
            Assert.All(lines, line => Assert.True(line.Length <= width + 1));
        }
    }

    [Fact]
    public void Walking_through_a_large_closure_never_waits()
    {
        ClosureReport report = ClosureAnalyzer.Analyze(Pages.PageFiles.Large(3_000), Pages.PageFiles.OnArm);
        ClosureExplorer explorer = new(new ClosureView(report), "./result");
        Random random = new(5);
        const string Keys = "jjjkgGl\t\nsxxyYwWcb?\e\e/a\nq";
        for (int i = 0; i < 500; i++)
        {
            char key = Keys[random.Next(Keys.Length - 1)];
            explorer.Handle(ExplorerKey.Of(key));
            ExplorerDrawing.Draw(explorer, 80, 24);
        }

        Assert.False(explorer.IsEnded);
    }
}
