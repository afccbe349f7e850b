using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>
/// Two closures that a real Nix built, before and after a fix, in everything that a command can read them from: Nix's own store, a
/// store below another root, a binary cache and a saved report. Use it as a class fixture; the first use builds, or skips without Nix.
/// </summary>
public sealed class ClosureSources : IDisposable
{
    /// <summary>The suffix of the host's paths, by which the host is known.</summary>
    public const string Suffix = "armv7l-unknown-linux-gnueabihf";

    private readonly Lazy<(string Before, string After, string Tool)> _built;
    private readonly Lazy<string> _root;
    private readonly Lazy<string> _cache;
    private readonly Lazy<string> _reports;

    /// <summary>Makes the fixture; builds nothing yet.</summary>
    public ClosureSources()
    {
        _built = new(Build);
        _root = new(() => Nix.CopyToNewRoot(Before, After));
        _cache = new(CopyToCache);
        _reports = new(SaveReports);
    }

    /// <summary>The names of the sources.</summary>
    public static IReadOnlyList<string> Names { get; } = ["local", "root", "cache", "saved"];

    /// <summary>The Nix that built them, which knows every answer.</summary>
    public RealNix Nix { get; } = new();

    /// <summary>The root of the closure with a leak.</summary>
    public string Before => _built.Value.Before;

    /// <summary>The root of the same closure, mended.</summary>
    public string After => _built.Value.After;

    /// <summary>What leaks into the first.</summary>
    public string Tool => _built.Value.Tool;

    /// <summary>The URI of a source's store; any, where the source is a saved report.</summary>
    public string Store(string source) => source switch
    {
        "root" => $"local?root={_root.Value}",
        "cache" => _cache.Value,
        _ => "local",
    };

    /// <summary>What a command takes for the closure of <paramref name="root"/> in a source.</summary>
    public string Closure(string source, string root) => source == "saved" ? ReportOf(_reports.Value, root) : root;

    /// <summary>Runs a command on the closure of <paramref name="root"/> in a source.</summary>
    public ToolRun Run(string command, string source, string root, params IEnumerable<string> arguments) =>
        ClosureScanTool.Run([command, Closure(source, root), .. arguments, "--store", Store(source)]);

    /// <inheritdoc/>
    public void Dispose() => Nix.Dispose();

    private (string Before, string After, string Tool) Build()
    {
        string helper = Nix.BuildScript("sources-helper", "mkdir -p $out/lib; seq 1 30000 > $out/lib/numbers");
        string tool = Nix.BuildScript(
            "sources-tool-1.0", "mkdir -p $out/bin $out/share; cp /bin/true $out/bin/tool; echo $helper > $out/share/helper", ("helper", helper));
        string leaky = Nix.BuildScript(
            $"sources-app-{Suffix}-1.0",
            "mkdir -p $out/bin $out/share; printf '#!%s/bin/tool\\n' $tool > $out/bin/app; printf 'CC=%s/bin/tool\\n' $tool > $out/bin/app-config; chmod +x $out/bin/*",
            ("tool", tool));
        string mended = Nix.BuildScript($"sources-app-{Suffix}-1.0", "mkdir -p $out/bin; printf '#!/bin/sh\\n' > $out/bin/app; chmod +x $out/bin/app");
        return (Image(leaky), Image(mended), tool);
    }

    private string Image(string app) =>
        Nix.BuildScript($"sources-image-{Suffix}-1.0", "mkdir -p $out/sw/bin; ln -s $app/bin/app $out/sw/bin/app", ("app", app));

    private string CopyToCache()
    {
        string folder = Nix.NewFolder();
        Nix.CopyToCache(folder, "xz", Before, After);
        return folder;
    }

    private string SaveReports()
    {
        string folder = Nix.NewFolder();
        foreach (string root in (string[])[Before, After])
        {
            ClosureScanTool.Run("scan", root, "--store", "local", "--format", "json", "--quiet", "-o", ReportOf(folder, root));
        }

        return folder;
    }

    private string ReportOf(string folder, string root) => Path.Combine(folder, root == Before ? "before.json" : "after.json");
}
