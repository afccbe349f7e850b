using System.Text.RegularExpressions;
using ClosureScan.Analysis.Policy;

namespace ClosureScan.Analysis.Tests.Policy;

public sealed class GlobPatternTests
{
    [Theory]
    [InlineData("curl", "curl", true)]
    [InlineData("curl", "curl2", false)]
    [InlineData("curl", "xcurl", false)]
    [InlineData("Curl", "curl", false)]
    [InlineData("*-dev", "glibc-2.38-dev", true)]
    [InlineData("*-dev", "-dev", true)]
    [InlineData("*-dev", "glibc-device", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("bin/*", "bin/curl-config", true)]
    [InlineData("bin/*", "bin/sub/curl", false)]
    [InlineData("bin/**", "bin/sub/curl", true)]
    [InlineData("**/curl", "curl", true)]
    [InlineData("**/curl", "bin/sub/curl", true)]
    [InlineData("**/curl", "bin/mycurl", false)]
    [InlineData("lib/**/x.so", "lib/x.so", true)]
    [InlineData("lib/**/x.so", "lib/a/b/x.so", true)]
    [InlineData("lib.so", "libxso", false)]
    [InlineData("[ab]+(c)", "[ab]+(c)", true)]
    [InlineData("*", "line\nbreak", true)]
    public void A_glob_covers_whole_names(string glob, string text, bool matches) =>
        Assert.Equal(matches, GlobPattern.Parse(glob).IsMatch(text));

    [Fact]
    public void Many_stars_stay_linear() =>
        Assert.False(GlobPattern.Parse(string.Concat(Enumerable.Repeat("*a", 60))).IsMatch(new string('a', 5000) + "b"));

    [Fact]
    public void Every_glob_covers_what_its_regular_expression_does()
    {
        Random random = new(20_261_125);
        for (int i = 0; i < 20_000; i++)
        {
            string glob = Letters(random, "ab/*?", 1 + random.Next(9));
            string text = Letters(random, "ab/", random.Next(9));
            Assert.True(ToRegex(glob).IsMatch(text) == GlobPattern.Parse(glob).IsMatch(text), $"{glob} on {text}");
        }
    }

    [Theory]
    [InlineData("*a", 1000)]
    [InlineData("**/", 100_000)]
    [InlineData("**", 100_000)]
    public void Any_number_of_wildcards_takes_memory_by_its_length(string piece, int count) =>
        Assert.False(GlobPattern.Parse(string.Concat(Enumerable.Repeat(piece, count)) + "x").IsMatch("a/b/aaa"));

    [Fact]
    public void Twenty_thousand_globs_take_a_few_megabytes()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        GlobPattern[] globs = [.. Enumerable.Range(0, 20_000).Select(i => GlobPattern.Parse($"lib/**/x{i}-*.so*"))];

        Assert.DoesNotContain(globs, glob => glob.IsMatch("lib/python3.11/site-packages/x.so"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 16_000_000);
    }

    private static string Letters(Random random, string letters, int count) => new([.. Enumerable.Range(0, count).Select(_ => letters[random.Next(letters.Length)])]);

    /// <summary>The meaning of a glob, told slowly.</summary>
    private static Regex ToRegex(string glob)
    {
        string regex = Regex.Replace(glob, @"(?<=^|/)\*\*/|\*\*|\*|\?|.", match => match.Value switch
        {
            "**/" => "(?:.*/)?",
            "**" => ".*",
            "*" => "[^/]*",
            "?" => "[^/]",
            _ => Regex.Escape(match.Value),
        });
        return new Regex($@"\A{regex}\z", RegexOptions.Singleline);
    }
}
