using System.Text.Json.Nodes;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Reports;

/// <summary>One real document of every command that prints JSON, each made once. Use it as a class fixture.</summary>
public sealed class JsonDocuments : IDisposable
{
    private static readonly Dictionary<string, string[]> Calls = new()
    {
        ["scan"] = ["scan", LeakyCache.RootName],
        ["scan-of-a-clean-closure"] = ["scan", LeakyCache.HostBash],
        ["scan-deep"] = ["scan", "--deep", LeakyCache.RootName],
        ["check"] = ["check", LeakyCache.RootName, "--policy", "POLICY"],
        ["why"] = ["why", LeakyCache.RootName, "*bash*"],
        ["why-all"] = ["why", LeakyCache.RootName, LeakyCache.Gcc, "--all"],
        ["why-reverse"] = ["why", LeakyCache.RootName, LeakyCache.Gcc, "--reverse"],
        ["why-without-chain"] = ["why", LeakyCache.BuildBash, LeakyCache.Coreutils],
        ["size"] = ["size", LeakyCache.RootName],
        ["size-with-splits"] = ["size", LeakyCache.RootName, "--splits"],
        ["cut"] = ["cut", LeakyCache.RootName],
        ["cut-of-nothing"] = ["cut", LeakyCache.HostBash],
        ["cut-of-a-root"] = ["cut", LeakyCache.RootName, "--target", LeakyCache.RootName],
        ["what-if"] = ["what-if", LeakyCache.RootName, "--drop", "kbd-*->bash-*", "--split", "curl-*:bin/*"],
        ["diff"] = ["diff", LeakyCache.RootName, "*-pi-image-*", "--after-store", "samples/fixed-cache"],
        ["diff-with-new-leaks"] = ["diff", LeakyCache.HostBash, LeakyCache.RootName],
        ["why-of-a-saved-report"] = ["why", "REPORT", LeakyCache.Gcc],
        ["cut-of-a-saved-report"] = ["cut", "REPORT", $"*-kbd-{LeakyCache.Host}-*"],
        ["what-if-of-a-saved-report"] = ["what-if", "REPORT", "--drop", "curl-*:bin/*"],
        ["refs"] = ["refs", "samples/leaky-cache/nar/0g2969sv6az2y30gy6micl8r1fz51l33v5fyq6k3c71xkh8sfkq8.nar"],
    };

    private readonly TemporaryTree _folder = new TemporaryTree().File("closurescan.yaml", """
        allow:
          - package: curl
            reason: developers want its script
            expires: 2099-01-31
          - package: nobody
            reason: matches nothing
          - package: "*"
            file: nothing
            reason: too wide
        budgets:
          - root: pi-image
            max: 1 MiB
        """);

    private readonly Dictionary<string, JsonNode> _made = [];

    /// <summary>The names of all documents: the command's, and what is special about it.</summary>
    public static IEnumerable<string> Names => Calls.Keys;

    /// <summary>A new copy of the document of that name.</summary>
    public JsonNode Get(string name)
    {
        if (!_made.TryGetValue(name, out JsonNode? document))
        {
            string[] call = [.. Calls[name].Select(argument => argument switch
            {
                "POLICY" => _folder.PathOf("closurescan.yaml"),
                "REPORT" => SaveReport(),
                _ => argument,
            })];
            ToolRun run = ClosureScanTool.Run(call[0] == "refs" ? [.. call, "--format", "json"] : [.. call, "--store", LeakyCache.Location, "--format", "json"]);
            document = JsonNode.Parse(run.Output.Span) ?? throw new InvalidOperationException($"{name} printed no JSON: {run.Error}");
            _made.Add(name, document);
        }

        return document.DeepClone();
    }

    private string SaveReport()
    {
        string file = _folder.PathOf("report.json");
        File.WriteAllText(file, Get("scan").ToJsonString());
        return file;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
