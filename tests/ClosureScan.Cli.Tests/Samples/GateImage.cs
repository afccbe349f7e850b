using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Samples;

/// <summary>Two roots of the host in /nix/store, one of which reaches a script that runs through a program of the build machine; and builds of samples/gate's check of them.</summary>
public sealed class GateImage : IDisposable
{
    private const string Suffix = "armv7l-unknown-linux-gnueabihf-1.0";

    private readonly Lazy<string> _leaky;
    private readonly Lazy<string> _clean;
    private readonly Lazy<string> _program;

    /// <summary>Makes the fixture; builds nothing yet.</summary>
    public GateImage()
    {
        _leaky = new Lazy<string>(() =>
        {
            string tool = Nix.BuildScript("gate-tool-1.0", "mkdir -p $out/bin; cp /bin/true $out/bin/tool");
            return BuildImage("gate", Nix.BuildScript($"gate-start-{Suffix}", Start("%s/bin/tool"), ("tool", tool)));
        });
        _clean = new Lazy<string>(() => BuildImage("gate-clean", Nix.BuildScript($"gate-clean-start-{Suffix}", Start("/bin/sh"))));
        _program = new Lazy<string>(() =>
        {
            string file = Path.Combine(Nix.NewFolder(), "closurescan");
            string library = Path.Combine(AppContext.BaseDirectory, "ClosureScan.Cli.dll");
            File.WriteAllText(file, $"#!/bin/sh\nexec {RequiredTool.Find("dotnet")} {library} \"$@\"\n");
            Assert.Equal(0, ToolRun.Execute("/bin/chmod", ["+x", file]).ExitCode);
            return file;
        });
    }

    /// <summary>The real Nix.</summary>
    public RealNix Nix { get; } = new();

    /// <summary>The root that leaks.</summary>
    public string Leaky => _leaky.Value;

    /// <summary>The root that does not.</summary>
    public string Clean => _clean.Value;

    /// <summary>A program that runs the tool with .NET, outside of a sandbox.</summary>
    public string Program => _program.Value;

    /// <summary>Builds a check, which may fail.</summary>
    /// <param name="program">The tool: a path, or a string with the context of a store path.</param>
    /// <param name="root">The store path that is checked.</param>
    /// <param name="arguments">Further arguments of mkClosureCheck.</param>
    /// <param name="options">Options of nix-build.</param>
    public ToolRun Build(string program, string root, string arguments, params IEnumerable<string> options)
    {
        string expression = $$"""
            import {{Repository.PathOf("samples/gate/closure-check.nix")}} { closurescan = "{{program}}"; } { root = builtins.storePath {{root}}; {{arguments}} }
            """;
        const int Attempts = 5;
        for (int attempt = 1; ; attempt++)
        {
            ToolRun run = Nix.Run("nix-build", ["--no-out-link", .. options, "--expr", expression]);

            // Nix 2.8 now and then kills a builder whose log has ended and calls the build failed.
            if (run.ExitCode == 0 || attempt == Attempts || !run.Error.Contains("failed due to signal 9", StringComparison.Ordinal))
            {
                return run;
            }
        }
    }

    /// <summary>Builds a check that does not fail.</summary>
    /// <returns>Its store path.</returns>
    public string Succeed(string program, string root, string arguments, params IEnumerable<string> options)
    {
        ToolRun run = Build(program, root, arguments, options);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Lines[0];
    }

    /// <inheritdoc/>
    public void Dispose() => Nix.Dispose();

    private string BuildImage(string name, string start) => Nix.BuildScript($"{name}-image-{Suffix}", "ln -s $start/bin $out", ("start", start));

    private static string Start(string interpreter) =>
        $"mkdir -p $out/bin; printf '#!{interpreter}\\n' \"${{tool-}}\" > $out/bin/start; chmod +x $out/bin/start";
}
