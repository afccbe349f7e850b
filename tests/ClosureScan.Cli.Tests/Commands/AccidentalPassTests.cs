using System.Text.Json;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>
/// Each way in which a pipeline's gate could pass without having looked: none exits with 0, and none leaves a report that
/// could be taken for one. The judgement alone is tested beside the policy; here the whole program runs.
/// </summary>
[Trait(Tier.Name, Tier.Processes)]
public sealed class AccidentalPassTests : IDisposable
{
    private const string AllowAll = "allow:\n  - package: '*'\n    reason: known\n";
    private const int Usage = 2;
    private const int Incomplete = 3;
    private const int Nothing = 4;

    private readonly TemporaryTree _tree = new();

    public AccidentalPassTests()
    {
        // What an earlier and clean run left.
        foreach (string report in Reports.Keys)
        {
            _tree.File(report, "clean");
        }
    }

    /// <summary>The reports of every call, and how each says that the scan is incomplete.</summary>
    private static Dictionary<string, string> Reports { get; } = new()
    {
        ["a.sarif"] = "\"incomplete-scan\"",
        ["a.json"] = "\"outcome\": \"incomplete\"",
        ["a.xml"] = "<error ",
        ["a.github"] = "::error file=closure,line=1,title=closurescan could not judge the closure",
        ["a.gitlab"] = "\"incomplete-scan\"",
        ["a.md"] = "incomplete",
        ["a.txt"] = "Incomplete:",
    };

    [Fact]
    public void Empty_store_is_nothing_to_scan()
    {
        _tree.File("registration", "");

        Rejects(Nothing, "*", "--store", "registration:" + _tree.PathOf("registration"));
    }

    [Fact]
    public void Folder_without_any_path_is_no_store() =>
        Rejects(Usage, "*", "--store", _tree.Directory("empty").PathOf("empty"));

    [Fact]
    public void Evaluation_that_lists_nothing_is_no_list_of_roots() =>
        Rejects(Usage, "--roots-from", _tree.File("jobs.jsonl", "").PathOf("jobs.jsonl"), "--store", LeakyCache.Location);

    [Fact]
    public void Evaluation_whose_every_attribute_failed_is_nothing_to_scan() =>
        Rejects(Nothing, "--roots-from", _tree.File("jobs.jsonl", "{\"attr\":\"image\",\"error\":\"no\"}\n").PathOf("jobs.jsonl"), "--store", LeakyCache.Location);

    [Fact]
    public void No_root_is_a_usage_error() =>
        Rejects(Usage, "--store", LeakyCache.Location);

    [Theory]
    [InlineData("--polcy", " Did you mean --policy?")]
    [InlineData("-x", "")]
    public void Mistyped_option_is_a_usage_error_and_no_root(string option, string hint)
    {
        ToolRun run = Check(LeakyCache.RootName, option, "closurescan.yaml", "--store", LeakyCache.Location);

        Assert.Equal(Usage, run.ExitCode);
        Assert.Equal($"closurescan: {option} is no option here.{hint}\nSee closurescan check --help.\n", run.Error);
    }

    [Theory]
    [InlineData("no-such-root-*")]
    [InlineData("/nix/store/00000000000000000000000000000000-pi-image-1.0")]
    [InlineData("./result")]
    public void Missing_root_is_nothing_scanned(string root) =>
        Rejects(Nothing, root, "--store", LeakyCache.Location);

    [Theory]
    [InlineData("./result", "./result is not there. Has it been built?")]
    [InlineData("samples/gate", "samples/gate leads to no path of /nix/store.")]
    [InlineData("samples/leaky-cache", "samples/leaky-cache leads to no path of /nix/store. It is a store itself: name it with --store, and a root in it.")]
    public void Link_that_leads_nowhere_is_told_as_one(string root, string message) =>
        Assert.Equal($"closurescan: {message}\n", Check(root, "--store", LeakyCache.Location).Error);

    [Fact]
    public void Glob_of_a_shell_that_is_none_here_is_told_as_one() =>
        Assert.EndsWith(" A glob knows * and ? alone.\n", Check("*-gcc-[0-9]*", "--store", LeakyCache.Location).Error, StringComparison.Ordinal);

    [Fact]
    public void Baseline_that_is_not_there_is_told_with_the_call_that_writes_it()
    {
        ToolRun run = Check(LeakyCache.RootName, "--store", LeakyCache.Location, "--baseline", _tree.PathOf("known"));

        Assert.Equal(Usage, run.ExitCode);
        Assert.Contains($"closurescan baseline write ROOT --baseline {_tree.PathOf("known")}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_root_beside_one_that_is_there_is_nothing_scanned() =>
        Rejects(Nothing, LeakyCache.RootName, "no-such-root-*", "--store", LeakyCache.Location, "--policy", Policy(AllowAll));

    [Fact]
    public void Root_whose_build_was_collected_as_garbage_is_nothing_scanned() =>
        Rejects(Nothing, _tree.Symlink("result", "/nix/store/00000000000000000000000000000000-pi-image-1.0").PathOf("result"));

    [Theory]
    [InlineData("--policy")]
    [InlineData("--baseline")]
    [InlineData("--store")]
    [InlineData("--host")]
    [InlineData("--roots-from")]
    [InlineData("--report")]
    [InlineData("-o")]
    public void Variable_that_is_not_set_is_a_usage_error(string option) =>
        Assert.Equal(Usage, Check(LeakyCache.RootName, "--store", LeakyCache.Location, option, "").ExitCode);

    [Fact]
    public void Root_of_a_variable_that_is_not_set_is_a_usage_error() =>
        Assert.Equal(Usage, Check("", "--store", LeakyCache.Location).ExitCode);

    [Fact]
    public void Cache_with_metadata_alone_is_incomplete()
    {
        LeakyCache.CopyTo(_tree.PathOf("cache"));
        Directory.Delete(_tree.PathOf("cache/nar"), recursive: true);

        ReportsIncomplete(LeakyCache.RootName, "--store", _tree.PathOf("cache"), "--policy", Policy(AllowAll));
    }

    [Fact]
    public void Path_info_of_paths_that_are_elsewhere_is_incomplete()
    {
        _tree.File("info.json", $$"""[{"path":"{{LeakyCache.Root}}","narSize":120,"references":[]}]""");

        ReportsIncomplete(LeakyCache.Root.ToString(), "--store", $"path-info:{_tree.PathOf("info.json")}?real={_tree.PathOf("nowhere")}", "--policy", Policy(AllowAll));
    }

    [Fact]
    public void Cache_that_lacks_a_referenced_path_is_incomplete()
    {
        LeakyCache.CopyTo(_tree.PathOf("cache"));
        File.Delete(_tree.PathOf($"cache/{LeakyCache.Find(LeakyCache.Gcc).Hash}.narinfo"));

        ReportsIncomplete(LeakyCache.RootName, "--store", _tree.PathOf("cache"), "--policy", Policy(AllowAll));
    }

    [Fact]
    public void Damaged_archive_is_incomplete_and_outranks_findings()
    {
        LeakyCache.CopyTo(_tree.PathOf("cache"));
        string archive = Directory.EnumerateFiles(_tree.PathOf("cache/nar")).Order(StringComparer.Ordinal).First();
        byte[] bytes = File.ReadAllBytes(archive);
        bytes[bytes.Length / 2] ^= 0x40;
        File.WriteAllBytes(archive, bytes);

        ReportsIncomplete(LeakyCache.RootName, "--store", _tree.PathOf("cache"));
    }

    [Fact]
    public void Root_built_for_the_wrong_machine_fails_by_the_host_of_the_policy()
    {
        Assert.Equal(0, Check(LeakyCache.BuildBash, "--store", LeakyCache.Location).ExitCode);
        Assert.Equal(1, Check(LeakyCache.BuildBash, "--store", LeakyCache.Location, "--policy", Policy("host: armv7l-linux\n")).ExitCode);
    }

    [Fact]
    public void Wrong_store_has_none_of_the_roots() =>
        Rejects(Nothing, LeakyCache.Root.ToString(), "--store", _tree.File("store/00000000000000000000000000000000-x/bin/x", "").PathOf("store"), "--policy", Policy(AllowAll));

    [Fact]
    public void Store_of_something_else_is_no_store() =>
        Rejects(Usage, LeakyCache.Root.ToString(), "--store", _tree.File("photos/1.jpg", "").PathOf("photos"), "--policy", Policy(AllowAll));

    [Fact]
    public void Misspelt_store_is_no_store() =>
        Rejects(Usage, LeakyCache.Root.ToString(), "--store", "flie:///nix");

    [Theory]
    [InlineData("rles: {}\n", "Did you mean \"rules\"?")]
    [InlineData("rules:\n  foreign-refrence: error\n", "Did you mean \"foreign-reference\"?")]
    [InlineData("", "empty")]
    [InlineData("budgets:\n  - root: nothing-like-this\n    max: 1 GiB\n", "no root matches")]
    public void Policy_with_a_typing_error_is_a_usage_error(string policy, string says)
    {
        ToolRun run = Check(LeakyCache.RootName, "--store", LeakyCache.Location, "--policy", Policy(policy));

        Assert.Equal(Usage, run.ExitCode);
        Assert.Contains(says, run.Error + run.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--policy", "missing.yaml")]
    [InlineData("--baseline", "missing.baseline")]
    [InlineData("--roots-from", "missing.jsonl")]
    public void Configuration_that_is_not_there_is_a_usage_error(string option, string value) =>
        Rejects(Usage, LeakyCache.RootName, "--store", LeakyCache.Location, option, value);

    [Fact]
    public void Expired_entry_accepts_nothing() =>
        Assert.Equal(1, Check(LeakyCache.RootName, "--store", LeakyCache.Location, "--policy", Policy(AllowAll + "    expires: 2001-01-01\n")).ExitCode);

    [Fact]
    public void Entry_that_expired_and_is_no_more_needed_fails_a_strict_check()
    {
        string policy = Policy(AllowAll + "  - package: gone\n    reason: known\n    expires: 2001-01-01\n");

        Assert.Equal(0, Check(LeakyCache.RootName, "--store", LeakyCache.Location, "--policy", policy).ExitCode);
        Assert.Equal(1, Check(LeakyCache.RootName, "--store", LeakyCache.Location, "--policy", policy, "--strict").ExitCode);
    }

    [Fact]
    public void Threshold_of_none_does_not_hide_an_incomplete_scan()
    {
        LeakyCache.CopyTo(_tree.PathOf("cache"));
        Directory.Delete(_tree.PathOf("cache/nar"), recursive: true);

        ReportsIncomplete(LeakyCache.RootName, "--store", _tree.PathOf("cache"), "--fail-on", "none");
    }

    [Theory]
    [InlineData("KILL", 137)]
    [InlineData("TERM", 143)]
    public void Check_that_is_killed_half_way_leaves_no_report(string signal, int exitCode)
    {
        string roots = _tree.PathOf("roots");

        // Opening the writing end waits until the check has opened the other: it has begun, and knows not yet what to scan.
        ToolRun run = RunInShell(
            $"mkfifo {roots}; \"$@\" & exec 3> {roots}; kill -{signal} $!; wait $!",
            ["check", "--roots-from", roots, "--store", LeakyCache.Location, .. ReportOptions]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal("", run.Text);
        Assert.Empty(Left());
    }

    [Fact]
    public void Check_that_is_killed_between_two_reports_leaves_neither()
    {
        // The pipes are the last reports. That the first has ended means that all before it are written;
        // nobody reads the second.
        ToolRun run = RunInShell(
            $"mkfifo {_tree.Root}/first {_tree.Root}/second; \"$@\" & cat {_tree.Root}/first > {_tree.Root}/read; kill -KILL $!; wait $!",
            ["check", LeakyCache.RootName, "--store", LeakyCache.Location, .. ReportOptions, "--report", $"json={_tree.PathOf("first")}", "--report", $"json={_tree.PathOf("second")}"]);

        Assert.Equal(137, run.ExitCode);
        using JsonDocument read = JsonDocument.Parse(File.ReadAllBytes(_tree.PathOf("read")));
        Assert.Equal("closurescan/2", read.RootElement.GetProperty("schema").GetString());
        Assert.Empty(Left());
    }

    [Fact]
    public void Report_that_cannot_be_written_takes_the_others_with_it() =>
        Rejects(Incomplete, LeakyCache.RootName, "--store", LeakyCache.Location, "--policy", Policy(AllowAll), "--report", $"json={_tree.PathOf("no/such/folder.json")}");

    [Fact]
    public void Two_reports_to_one_file_are_a_usage_error() =>
        Assert.Equal(Usage, Check(LeakyCache.RootName, "--store", LeakyCache.Location, "--report", $"junit={_tree.PathOf("a.sarif")}").ExitCode);

    public void Dispose() => _tree.Dispose();

    private IEnumerable<string> ReportOptions =>
    [
        "--report", $"sarif={_tree.PathOf("a.sarif")}", "--report", $"json={_tree.PathOf("a.json")}", "--report", $"junit={_tree.PathOf("a.xml")}",
        "--report", $"github={_tree.PathOf("a.github")}", "--report", $"gitlab={_tree.PathOf("a.gitlab")}", "--report", $"markdown={_tree.PathOf("a.md")}",
        "-o", _tree.PathOf("a.txt"),
    ];

    /// <summary>The call ends with this code, and no report is left, of this call or of an earlier one.</summary>
    private void Rejects(int exitCode, params string[] arguments)
    {
        ToolRun run = Check(arguments);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.NotEqual("", run.Error);
        Assert.Empty(Left());
    }

    /// <summary>The call ends with 3, and every report says of itself that the scan is incomplete.</summary>
    private void ReportsIncomplete(params string[] arguments)
    {
        ToolRun run = Check(arguments);

        Assert.Equal(Incomplete, run.ExitCode);
        Assert.Equal(Reports.Keys.Order(), Left().Order());
        Assert.All(Reports, report => Assert.Contains(report.Value, File.ReadAllText(_tree.PathOf(report.Key)), StringComparison.Ordinal));
    }

    private IEnumerable<string> Left() =>
        Directory.EnumerateFiles(_tree.Root, "a.*").Select(file => Path.GetFileName(file)).Where(name => !name.EndsWith(".tmp", StringComparison.Ordinal));

    private ToolRun Check(params string[] arguments) => ClosureScanTool.Run(["check", .. arguments, .. ReportOptions, "--no-progress"]);

    // With an end: a tool that never opens its side of a pipe would leave the script waiting for it.
    private static ToolRun RunInShell(string script, IEnumerable<string> arguments)
    {
        foreach (string tool in (string[])["mkfifo", "timeout"])
        {
            RequiredTool.Find(tool);
        }

        return ClosureScanTool.RunInShell($"exec timeout --foreground 60 bash -c '{script}' bash \"$@\"", arguments);
    }

    private string Policy(string text) => _tree.File("closurescan.yaml", text).PathOf("closurescan.yaml");
}
