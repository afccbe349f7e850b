using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests;

/// <summary>One closure, built by a real Nix, through every kind of store: the tool's report is the same to the byte, but for the store's name.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StoreConformanceTests(ConformanceWorld world) : IClassFixture<ConformanceWorld>
{
    [Theory]
    [InlineData("folder none")]
    [InlineData("folder zstd")]
    [InlineData("root")]
    [InlineData("registration")]
    [InlineData("path-info own")]
    [InlineData("path-info newer")]
    [InlineData("export")]
    [InlineData("export pipe")]
    [InlineData("http none")]
    [InlineData("http xz")]
    [InlineData("https zstd")]
    [InlineData("s3 xz")]
    [InlineData("daemon own")]
    [InlineData("daemon newer")]
    [InlineData("daemon own by socket alone")]
    [InlineData("auto without a database")]
    [InlineData("ssh own")]
    [InlineData("ssh newer")]
    [InlineData("ssh-ng own")]
    [InlineData("ssh-ng newer")]
    [InlineData("sshd ssh")]
    [InlineData("sshd ssh-ng")]
    [InlineData("two halves")]
    public async Task Report_is_the_local_stores(string kind)
    {
        await using ConformanceWorld.Opened store = await world.OpenAsync(kind);

        ToolRun run = world.Scan(store);

        Assert.True(run.ExitCode == world.Expected.ExitCode, run.Error + run.Text);
        Assert.Equal(Masked(world.Expected.Text), Masked(run.Text));
    }

    private static string Masked(string report)
    {
        JsonNode document = JsonNode.Parse(report)!;
        document["store"] = "";
        return document.ToString();
    }
}
