using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Hostile;

/// <summary>What a store or a repository holds must be a file: nothing waits for a pipe, and no device fills the memory.</summary>
public sealed class SpecialFileTests : IDisposable
{
    private readonly TemporaryTree _tree = new();
    private readonly HostileCache _cache;

    public SpecialFileTests() => _cache = new HostileCache(_tree).Add(HostileCache.First, NarBuilder.OfFile("x"u8));

    public static TheoryData<string> CacheFiles => ["nar", "narinfo", "nix-cache-info"];

    public void Dispose() => _tree.Dispose();

    [Theory]
    [MemberData(nameof(CacheFiles))]
    public void Pipe_in_a_cache_is_told_at_once(string what)
    {
        Replace(what, file => $"mkfifo '{file}'");

        ToolRun run = Scan();

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("is a pipe, a device or a socket", run.Error + Flat(run), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(CacheFiles))]
    public void Link_to_an_endless_device_is_told_at_once(string what)
    {
        Replace(what, file => $"ln -s /dev/zero '{file}'");

        Assert.Equal(3, Scan().ExitCode);
    }

    [Theory]
    [InlineData("check --store samples/leaky-cache *-pi-image-* --policy /dev/zero")]
    [InlineData("check --store samples/leaky-cache *-pi-image-* --baseline /dev/urandom")]
    [InlineData("check --store samples/leaky-cache --roots-from /dev/zero")]
    [InlineData("size --store path-info:/dev/zero x", 3)]
    [InlineData("size --store registration:/dev/zero x", 3)]
    [InlineData("nar ls /dev/zero", 3)]
    public void Endless_device_that_a_call_names_is_told_at_once(string call, int exitCode = 2)
    {
        ToolRun run = ClosureScanTool.RunInShell("ulimit -v 67108864; timeout 20 \"$@\"", call.Split(' '));

        Assert.Equal(exitCode, run.ExitCode);
        Assert.DoesNotContain("Unhandled", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Pipe_that_a_call_names_is_read()
    {
        ToolRun run = ClosureScanTool.RunInShell(
            "\"$@\" --policy <(echo 'fail-on: none')", "check", "--store", "samples/leaky-cache", "*-pi-image-*");

        Assert.Equal(0, run.ExitCode);
    }

    private void Replace(string what, Func<string, string> command)
    {
        string file = what switch
        {
            "nar" => _cache.Nar(HostileCache.First),
            "narinfo" => _cache.NarInfo(HostileCache.First),
            _ => _tree.PathOf("nix-cache-info"),
        };
        File.Delete(file);
        Assert.Equal(0, ToolRun.Execute(RequiredTool.Find("bash"), ["-c", command(file)]).ExitCode);
    }

    private ToolRun Scan() => ClosureScanTool.RunInShell("timeout 20 \"$@\"", "scan", "--store", _cache.Folder, HostileCache.First);

    private static string Flat(ToolRun run) => string.Join(' ', run.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
