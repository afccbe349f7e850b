using System.Collections.Immutable;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests;

/// <summary>That what people write finds the path they mean, and never another.</summary>
public sealed class StorePathResolverTests : IDisposable
{
    private static readonly StorePath Curl = StorePath.Parse("/nix/store/0c1p30gf9y49nq93dxkcr2xjiv0hmjak-curl-8.7.1");
    private static readonly StorePath CurlDev = StorePath.Parse("/nix/store/0c1zvi4vn5xrdfkrwybb8l4p7n9xyjbq-curl-8.7.1-dev");
    private static readonly StorePath Gcc = StorePath.Parse("/nix/store/zzzvi4vn5xrdfkrwybb8l4p7n9xyjbqs-gcc-13.2.0");

    private readonly FakeStore _store = new FakeStore().Add(Curl, []).Add(CurlDev, []).Add(Gcc, []);
    private readonly TemporaryTree _tree = new();

    [Theory]
    [InlineData("/nix/store/0c1p30gf9y49nq93dxkcr2xjiv0hmjak-curl-8.7.1")]
    [InlineData("/nix/store/0c1p30gf9y49nq93dxkcr2xjiv0hmjak-curl-8.7.1/")]
    [InlineData("/nix/store/0c1p30gf9y49nq93dxkcr2xjiv0hmjak-curl-8.7.1/bin/curl")]
    [InlineData("/nix/../nix/store/0c1p30gf9y49nq93dxkcr2xjiv0hmjak-curl-8.7.1/bin")]
    [InlineData("0c1p30gf9y49nq93dxkcr2xjiv0hmjak-curl-8.7.1")]
    [InlineData("0c1p30gf9y49nq93dxkcr2xjiv0hmjak")]
    [InlineData("0c1p")]
    [InlineData("curl-8.7.1")]
    public async Task One_path_is_found(string text) => Assert.Equal([Curl], await ResolveAsync(text));

    [Theory]
    [InlineData("0c1p30gf…-curl-8.7.1")]
    [InlineData("0c1p30gf…")]
    [InlineData("…-curl-8.7.1")]
    [InlineData("curl")]
    public async Task What_reports_print_is_found(string text) => Assert.Equal([Curl], await ResolveAsync(text));

    [Theory]
    [InlineData("bash-5.2", "x0000000000000000000000000000000-bash-5.2")]
    [InlineData("bash-5.3", "y0000000000000000000000000000000-bash-armv7l-unknown-linux-gnueabihf-5.3")]
    [InlineData("y0000000…-bash-5.3", "y0000000000000000000000000000000-bash-armv7l-unknown-linux-gnueabihf-5.3")]
    [InlineData("gcc-wrapper-13.2.0", "z0000000000000000000000000000000-armv7l-unknown-linux-gnueabihf-gcc-wrapper-13.2.0")]
    [InlineData("gcc-wrapper", "z0000000000000000000000000000000-armv7l-unknown-linux-gnueabihf-gcc-wrapper-13.2.0")]
    [InlineData("python-cffi", "w0000000000000000000000000000000-python3.11-cffi-1.16.0")]
    [InlineData("python3.11-cffi", "w0000000000000000000000000000000-python3.11-cffi-1.16.0")]
    [InlineData("glibc.dev", "v0000000000000000000000000000000-glibc-2.38-44-dev")]
    [InlineData("glibc", "v1000000000000000000000000000000-glibc-2.38-44")]
    [InlineData("glibc-2.38-44.drv", "v2000000000000000000000000000000-glibc-2.38-44.drv")]
    public async Task Names_without_configuration_or_version_find_the_path_and_no_derivation(string text, string found)
    {
        FakeStore store = new();
        foreach (string name in (string[])
        [
            "x0000000000000000000000000000000-bash-5.2", "x1000000000000000000000000000000-bash-armv7l-unknown-linux-gnueabihf-5.2",
            "y0000000000000000000000000000000-bash-armv7l-unknown-linux-gnueabihf-5.3", "z0000000000000000000000000000000-armv7l-unknown-linux-gnueabihf-gcc-wrapper-13.2.0",
            "w0000000000000000000000000000000-python3.11-cffi-1.16.0", "v0000000000000000000000000000000-glibc-2.38-44-dev", "v1000000000000000000000000000000-glibc-2.38-44",
            "v2000000000000000000000000000000-glibc-2.38-44.drv", "z2000000000000000000000000000000-armv7l-unknown-linux-gnueabihf-gcc-wrapper-13.2.0.drv",
        ])
        {
            store.Add(StorePath.Parse($"/nix/store/{name}"), []);
        }

        Assert.Equal([StorePath.Parse($"/nix/store/{found}")], await StorePathResolver.ResolveAsync(store, text, Scanning.Token));
    }

    [Fact]
    public async Task Glob_takes_no_derivation_unless_it_says_so()
    {
        StorePath derivation = StorePath.Parse($"/nix/store/x0000000000000000000000000000000-{Curl.Name}.drv");
        FakeStore store = new FakeStore().Add(Curl, []).Add(derivation, []);
        Assert.Equal([Curl], await StorePathResolver.ResolveAsync(store, "curl-*", Scanning.Token));
        Assert.Equal([derivation], await StorePathResolver.ResolveAsync(store, "curl-*.drv", Scanning.Token));
    }

    [Fact]
    public async Task Glob_gives_all_that_match_sorted()
    {
        Assert.Equal([Curl, CurlDev], await ResolveAsync("curl-*"));
        Assert.Equal([Curl, CurlDev], await ResolveAsync("0c1*"));
        Assert.Equal([CurlDev], await ResolveAsync("*-dev"));
        Assert.Equal([Gcc], await ResolveAsync("gcc-1?.2.0"));
    }

    [Fact]
    public async Task Links_are_followed_into_the_store_however_long_the_chain()
    {
        _tree.Symlink("result", Curl.ToString()).Symlink("second", "result").Symlink("third", _tree.PathOf("second"))
            .Symlink("below", Curl + "/bin/curl").Directory("folder").Symlink("folder/up", "../result").Symlink("aside", "folder");
        foreach (string name in (string[])["result", "second", "third", "below", "folder/up", "aside/up", "third/bin/curl", "folder/../result"])
        {
            Assert.Equal([Curl], await ResolveAsync(_tree.PathOf(name)));
        }
    }

    [Fact]
    public async Task Links_that_lead_in_a_circle_or_elsewhere_are_no_path()
    {
        _tree.Symlink("a", "b").Symlink("b", "a").Symlink("elsewhere", "/usr/lib").Symlink("dangling", "nowhere").File("file", "x");
        foreach (string name in (string[])["a", "elsewhere", "dangling", "file", "nothing"])
        {
            UnresolvedPathException failure = await Assert.ThrowsAsync<UnresolvedPathException>(() => ResolveAsync(_tree.PathOf(name)));
            Assert.False(failure.IsAmbiguous);
        }
    }

    [Fact]
    public async Task Several_without_a_glob_are_listed()
    {
        UnresolvedPathException failure = await Assert.ThrowsAsync<UnresolvedPathException>(() => ResolveAsync("0c1"));

        Assert.True(failure.IsAmbiguous);
        Assert.Contains(Curl.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Contains(CurlDev.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Gcc.ToString(), failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("curl-8.8.0")]
    [InlineData("CURL")]
    [InlineData("/nix/store/1c1p30gf9y49nq93dxkcr2xjiv0hmjak-curl-8.7.1")]
    [InlineData("*-curl-9*")]
    public async Task What_matches_nothing_gets_suggestions(string text)
    {
        UnresolvedPathException failure = await Assert.ThrowsAsync<UnresolvedPathException>(() => ResolveAsync(text));

        Assert.False(failure.IsAmbiguous);
        Assert.Contains(text.Trim('*'), failure.Message, StringComparison.Ordinal);
        Assert.Contains(Curl.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Gcc.ToString(), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_lists_are_cut_and_say_so()
    {
        FakeStore store = new();
        for (int i = 0; i < 14; i++)
        {
            store.Add($"many-{i}");
        }

        UnresolvedPathException failure = await Assert.ThrowsAsync<UnresolvedPathException>(() => StorePathResolver.ResolveAsync(store, "man", Scanning.Token));

        Assert.Contains("and 4 more", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _tree.Dispose();

    private Task<ImmutableArray<StorePath>> ResolveAsync(string text) => StorePathResolver.ResolveAsync(_store, text, Scanning.Token);
}
