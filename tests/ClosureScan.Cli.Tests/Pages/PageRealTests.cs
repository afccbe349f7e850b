using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Pages;

/// <summary>The page of a closure of real packages, cross-compiled by a real Nix.</summary>
[Trait(Tier.Name, Tier.Browser)]
public sealed class PageRealTests(Chromium chromium, CrossClosure closure) : IClassFixture<Chromium>, IClassFixture<CrossClosure>
{
    [Fact]
    public async Task Page_of_real_packages_names_every_leak_that_was_found_by_hand()
    {
        using PageFiles files = new();
        await using OpenPage page = await chromium.OpenAsync(files.Make(closure));

        string text = await page.TextAsync();
        Assert.All(CrossClosure.Leaks, leak => Assert.Contains(leak.File, text, StringComparison.Ordinal));
        Assert.Empty(page.Complaints);
        Assert.Empty(page.Requests);
    }
}
