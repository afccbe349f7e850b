using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>A store behind a network: a first look unless told otherwise, what was fetched, and what the cache spares.</summary>
[Trait(Tier.Name, Tier.Processes)]
public sealed class DistantStoreTests : IDisposable
{
    private readonly TemporaryTree _tree = new();

    [Fact]
    public async Task People_get_a_first_look_and_everything_when_they_ask_for_it()
    {
        await using TestServer server = await TestServer.StartFolderAsync(LeakyCache.Location);
        ToolRun look = Scan(server);
        Assert.Equal(1, look.ExitCode);
        Assert.Contains("A first look", look.Text, StringComparison.Ordinal);
        Assert.Contains("Fetched ", look.Error, StringComparison.Ordinal);

        ToolRun full = Scan(server, "--full");
        ToolRun local = ClosureScanTool.Run("scan", "--store", LeakyCache.Location, "*-pi-image-*", "--no-color");
        Assert.Equal(local.Text, full.Text);
        Assert.Equal(full.Text, Scan(server, "--depth", "contents").Text);
    }

    [Fact]
    public async Task Programs_get_the_whole_document()
    {
        await using TestServer server = await TestServer.StartFolderAsync(LeakyCache.Location);
        Assert.Contains("\"depth\": \"contents\"", Scan(server, "--format", "json").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_read_once_is_known()
    {
        await using TestServer server = await TestServer.StartFolderAsync(LeakyCache.Location);
        Assert.EndsWith("empty\n", Run("cache", "status").Text, StringComparison.Ordinal);
        ToolRun first = Scan(server, "--full");
        int asked = server.Requests.Count;
        ToolRun second = Scan(server, "--full");

        Assert.Equal(first.Text, second.Text);
        Assert.Contains("23 paths of 2.0 MiB known from earlier scans", second.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests.Skip(asked), request => request.Contains("nar/", StringComparison.Ordinal));
        Assert.Contains("\n23 paths, ", Run("cache", "status").Text, StringComparison.Ordinal);

        // A gate may use it as well; whoever wants every byte read says so.
        asked = server.Requests.Count;
        Assert.Equal(1, Run("check", "--store", server.Address, "--no-check-sigs", LeakyCache.Root.ToString(), "--no-cache").ExitCode);
        Assert.Contains(server.Requests.Skip(asked), request => request.Contains("nar/", StringComparison.Ordinal));

        Assert.Equal(0, Run("cache", "clear").ExitCode);
        Assert.EndsWith("empty\n", Run("cache", "status").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_caches_are_as_distant_as_one()
    {
        await using TestServer one = await TestServer.StartFolderAsync(LeakyCache.Location);
        await using TestServer other = await TestServer.StartFolderAsync(_tree.Directory("none").PathOf("none"));
        Assert.Contains("A first look", Scan(other, "--store", one.Address).Text, StringComparison.Ordinal);
    }

    public void Dispose() => _tree.Dispose();

    private ToolRun Scan(TestServer server, params string[] arguments) =>
        Run(["scan", "--store", server.Address, "--no-check-sigs", LeakyCache.Root.ToString(), "--no-color", .. arguments]);

    private ToolRun Run(params string[] arguments) => ClosureScanTool.RunWith(
        new Dictionary<string, string?> { ["XDG_CACHE_HOME"] = _tree.PathOf("cache"), ["NO_COLOR"] = null, ["CLOSURESCAN_KERNEL"] = null }, null, arguments);
}
