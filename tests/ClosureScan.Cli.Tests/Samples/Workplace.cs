using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Samples;

/// <summary>
/// The checkout of a project in a pipeline: an empty baseline, and a PATH in which closurescan is the tool, <c>nix build</c> makes
/// <c>./result</c> lead to a root, and installing the tool does nothing. What is called is written down in <c>../calls</c>.
/// </summary>
internal sealed class Workplace : IDisposable
{
    private const string Baseline = "# closurescan baseline, format 1\n";

    private readonly TemporaryTree _tree = new();
    private readonly Dictionary<string, string?> _environment;

    public Workplace(GateImage image, string root)
    {
        _tree.File("bin/closurescan", $"#!/bin/sh\necho \"closurescan $*\" >> {_tree.Root}/calls\nexec {image.Program} \"$@\"\n", executable: true)
            .File("bin/nix", $"#!/bin/sh\necho \"nix $*\" >> {_tree.Root}/calls\n[ \"$1\" = build ] && ln -sfn {root} result\n", executable: true)
            .File("bin/dotnet", $"#!/bin/sh\necho \"dotnet $*\" >> {_tree.Root}/calls\n", executable: true)
            .File("checkout/closurescan.baseline", Baseline)
            .File("summary", "");
        _environment = new Dictionary<string, string?>
        {
            ["PATH"] = $"{_tree.PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
            ["GITHUB_STEP_SUMMARY"] = _tree.PathOf("summary"),
            ["HOME"] = _tree.Root,
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["NO_COLOR"] = null,
            ["FORCE_COLOR"] = null,
        };
    }

    /// <summary>The commands that were called, in order.</summary>
    public IReadOnlyList<string> Calls => File.Exists(_tree.PathOf("calls")) ? File.ReadAllLines(_tree.PathOf("calls")) : [];

    /// <summary>What the job's steps added to the summary of the run.</summary>
    public string Summary => File.ReadAllText(_tree.PathOf("summary"));

    /// <summary>A file of the checkout.</summary>
    public string PathOf(string file) => _tree.PathOf($"checkout/{file}");

    /// <summary>Runs a script in the checkout as a step of a pipeline is run: the first command that fails ends it.</summary>
    public ToolRun Run(string script) =>
        ToolRun.Execute(RequiredTool.Find("bash"), ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], _environment, _tree.PathOf("checkout"));

    public void Dispose() => _tree.Dispose();
}
