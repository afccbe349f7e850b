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
}
