using System.Diagnostics;
using ClosureScan.Testing;
using Deque.AxeCore.Commons;

namespace ClosureScan.Cli.Tests.Pages;

/// <summary>What <c>--report html=</c> writes, opened by a real browser as its readers do: from a file, without a network.</summary>
[Trait(Tier.Name, Tier.Browser)]
public sealed class PageBrowserTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private readonly PageFiles _files = new();

    [Theory]
    [InlineData("sample", "Failed", "bin/curl-config")]
    [InlineData("cut", "Failed", "What to cut")]
    [InlineData("clean", "Clean", "There is nothing to cut.")]
    [InlineData("incomplete", "Incomplete", "does not cover the whole closure")]
    [InlineData("diff", "Nothing worse", "brought by")]
    [InlineData("compare", "Different", "Without a counterpart")]
    [InlineData("hostile", "Incomplete", "</script><script>document.title='taken'</script>")]
    public async Task Page_opens_without_a_complaint_for_eyes_fingers_and_screen_readers(string name, string badge, string text)
    {
        string file = _files.Make(name);
        await using OpenPage page = await chromium.OpenAsync(file);

        Assert.Equal(badge, await page.AskAsync<string>("document.querySelector('.badge').textContent"));
        Assert.Contains(text, await page.TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("taken", await page.AskAsync<string>("document.title"), StringComparison.Ordinal);
        Assert.Empty(await ViolationsAsync(page));
        Assert.Empty(page.Complaints);
        Assert.Empty(page.Requests);

        await using OpenPage phone = await chromium.OpenAsync(file, 360, 740, isDark: true);
        Assert.True(await phone.AskAsync<int>("document.documentElement.scrollWidth") <= 360, "The page is wider than a phone.");
        Assert.Empty(await ViolationsAsync(phone));
        Assert.Empty(phone.Complaints);
    }

    [Fact]
    public async Task Page_says_verdict_findings_and_cut_without_script()
    {
        await using OpenPage page = await chromium.OpenAsync(_files.Make("sample"), runsScripts: false);

        string text = await page.TextAsync();
        foreach (string said in (string[])["4 findings break on the host", "bin/unicode_start:1:14", "patchShebangs --host", "7 edits", "jd8yjz8zgn7lvhsjmx4wqv63zkyrzb79", "rule: foreign-interpreter"])
        {
            Assert.Contains(said, text, StringComparison.Ordinal);
        }

        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Keys_alone_reach_every_part()
    {
        await using OpenPage page = await chromium.OpenAsync(_files.Make("sample"));
        HashSet<string> reached = [];
        for (int i = 0; i < 120; i++)
        {
            await page.PressAsync("Tab");
            reached.Add(await page.AskAsync<string>("document.activeElement.closest('section, nav, .skip')?.id || document.activeElement.closest('nav')?.localName || document.activeElement.className"));
        }

        Assert.Superset(new HashSet<string> { "skip", "nav", "findings", "picture", "why", "cut", "sizes" }, reached);
    }

    [Fact]
    public async Task Arrow_keys_walk_the_picture_and_lead_to_a_chain_with_its_bytes()
    {
        await using OpenPage page = await chromium.OpenAsync(_files.Make("sample"));
        await page.AskAsync<bool>("document.querySelector('.stage').focus() ?? true");
        await page.PressAsync("ArrowRight");
        Assert.Contains("gcc-13.2.0", await page.AskAsync<string>("document.querySelector('.panel').textContent"), StringComparison.Ordinal);

        await page.AskAsync<bool>("document.querySelector('.panel button').focus() ?? true");
        await page.PressAsync("Enter");
        string chain = await page.AskAsync<string>("new Promise(done => setTimeout(() => done(document.querySelector('.answer').textContent), 300))");
        Assert.Contains("bin/gpsd", chain, StringComparison.Ordinal);
        Assert.Contains("byte 444", chain, StringComparison.Ordinal);
        Assert.Contains("#path-", await page.AskAsync<string>("location.hash"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_filters_the_table_of_sizes()
    {
        await using OpenPage page = await chromium.OpenAsync(_files.Make("sample"));
        await page.AskAsync<bool>("document.getElementById('size-search').focus() ?? true");
        await page.TypeAsync("systemd");

        Assert.Equal("1 path, 10.7 KiB themselves".Split(',')[0], (await page.AskAsync<string>("document.querySelector('#sizes-here [role=status]').textContent")).Split(',')[0]);
        Assert.Equal(1, await page.AskAsync<int>("document.querySelectorAll('#sizes-here tbody tr').length"));
    }

    [Fact]
    public async Task Page_of_ten_thousand_paths_is_small_and_answers_soon()
    {
        string file = _files.Make("large");
        Assert.InRange(new FileInfo(file).Length, 0, 1_000_000 + (HalfOfFindings(file) * 2));
        Stopwatch watch = Stopwatch.StartNew();
        await using OpenPage page = await chromium.OpenAsync(file);

        Assert.Empty(page.Complaints);
        Assert.Contains("10,000 paths", await page.AskAsync<string>("document.querySelector('#sizes-here [role=status]').textContent"), StringComparison.Ordinal);

        // 1.5 s on two quiet cores, by the page's own clock; whoever shares them with other tests waits longer.
        Assert.InRange(await page.AskAsync<int>("Number(document.documentElement.dataset.ready)"), 1, 60_000);
    }

    public void Dispose() => _files.Dispose();

    private static long HalfOfFindings(string file) => Math.Max(0, File.ReadAllText(file).IndexOf("id=\"picture\"", StringComparison.Ordinal)) / 2;

    private static async Task<string[]> ViolationsAsync(OpenPage page)
    {
        await page.AskAsync<bool>(new BundledAxeScriptProvider().GetScript() + ";true");
        return await page.AskAsync<string[]>("axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations.map(violation => violation.id + ': ' + violation.nodes.slice(0, 3).map(node => node.html.slice(0, 200)).join(' | ')))");
    }
}
