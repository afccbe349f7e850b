using System.Globalization;
using System.Text.Json;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>What a change of a few files does to a gate, with the whole program on stores of real files: the app names a tool of the build machine, and a step changes how.</summary>
public sealed class GateStepsTests : IDisposable
{
    private const string Suffix = "armv7l-unknown-linux-gnueabihf";
    private const string App = $"1111111111111111111111111111111a-app-{Suffix}-1.0";
    private const string Tool = "2222222222222222222222222222222b-bigtool-1.0";
    private const string Header = "# closurescan baseline, format 1\n";

    private readonly TemporaryTree _tree = new();

    [Fact]
    public void A_new_script_on_an_edge_of_a_hundred_texts_fails_whatever_went()
    {
        Make("a");
        for (int note = 0; note < 100; note++)
        {
            Note("a", note.ToString(CultureInfo.InvariantCulture));
        }

        string baseline = WriteBaseline("a");
        File.Delete(_tree.PathOf($"a/{App}/etc/98"));
        File.Delete(_tree.PathOf($"a/{App}/etc/99"));
        Script("a", App, "evil");

        Expect(1, "1 finding fails", Check("a", "--baseline", baseline, "--fail-on", "breaks"));
    }

    [Fact]
    public void A_file_whose_name_and_contents_hold_the_hash_is_one_place()
    {
        Make("a");
        _tree.File($"a/{App}/etc/{Tool}.conf", $"x /nix/store/{Tool}/y\n");
        string policy = Write("p.yaml", "allow:\n- {package: app, file: 'etc/*', reason: r}\n- {package: app, file: 'bin/*', reason: r}\n");
        Expect(0, "Nothing fails", Check("a", "--policy", policy));

        string baseline = WriteBaseline("a");
        File.Delete(_tree.PathOf($"a/{App}/etc/{Tool}.conf"));
        Script("a", App, "evil");
        Expect(1, "1 finding fails", Check("a", "--baseline", baseline));
    }

    [Fact]
    public void A_new_file_on_a_known_edge_is_new_to_a_diff_and_to_a_check()
    {
        Make("a");
        Make("b");
        Script("b", App, "evil");

        Assert.Equal((1, "new 1, same 1"), Diff("*-app-*", "*-app-*", "--before-store", _tree.PathOf("a"), "--after-store", _tree.PathOf("b")));
        Expect(1, "1 finding fails", Check("b", "--baseline", WriteBaseline("a")));
        Assert.Equal((0, "same 1, gone 1"), Diff("*-app-*", "*-app-*", "--before-store", _tree.PathOf("b"), "--after-store", _tree.PathOf("a")));
    }

    [Fact]
    public void What_an_accepted_file_holds_is_promised_to_nobody_also_by_the_cut_of_a_saved_check()
    {
        Make("a");
        Note("a", "notes");
        string policy = Write("p.yaml", "allow:\n- {package: app, file: bin/run, reason: r}\n");
        ToolRun check = Check("a", "--policy", policy);
        Expect(1, "stays: something that is no finding, or is accepted, holds it", check);
        Assert.DoesNotContain("patchShebangs", check.Text, StringComparison.Ordinal);

        File.WriteAllBytes(_tree.PathOf("a.json"), Check("a", "--policy", policy, "--format", "json").Output.ToArray());
        Expect(0, "Nothing to cut", Run("cut", _tree.PathOf("a.json")));
        Expect(0, "Nothing to cut", Run("cut", "*-app-*", "--store", _tree.PathOf("a"), "--policy", policy));
    }

    [Fact]
    public void A_check_and_a_scan_of_one_closure_differ_in_nothing()
    {
        Make("a");
        File.WriteAllBytes(_tree.PathOf("check.json"), Check("a", "--format", "json").Output.ToArray());
        File.WriteAllBytes(_tree.PathOf("scan.json"), Run("scan", "*-app-*", "--store", _tree.PathOf("a"), "--format", "json").Output.ToArray());

        Assert.Equal((0, "same 1"), Diff(_tree.PathOf("check.json"), _tree.PathOf("scan.json")));
    }

    [Fact]
    public void What_a_policy_forbids_and_a_budget_fail_whatever_effects_it_fails_on()
    {
        Make("a");
        const string Allow = "allow:\n- {rule: foreign-interpreter, package: app, reason: r}\n";

        Expect(1, "The policy forbids bigtool", Check("a", "--policy", Write("p.yaml", "fail-on: breaks\nforbid:\n- {target: bigtool, reason: never}\n" + Allow)));
        Expect(1, "the policy allows 1.0 KiB", Check("a", "--policy", Write("p.yaml", "fail-on: breaks\nbudgets:\n- {root: app, max: 1 KiB}\n" + Allow)));
        Expect(0, "Nothing fails", Check("a", "--policy", Write("p.yaml", "fail-on: breaks\n" + Allow)));
    }

    [Theory]
    [InlineData("fail-on: !whatever none\n", "Tags are not read here")]
    [InlineData("budgets:\n- {root: app, growth: \"Infinity%\"}\n", "is no percentage")]
    [InlineData("budgets:\n- {root: app, growth: NaN%}\n", "is no percentage")]
    public void A_policy_that_means_nothing_is_refused(string policy, string says)
    {
        Make("a");
        ToolRun run = Check("a", "--policy", Write("p.yaml", policy), "--baseline", Write("b", Header + "closure-size app 1\nforeign-interpreter app bin/run bigtool\n"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_update_of_the_interpreter_makes_no_known_finding_new()
    {
        Make("a", $"4444444444444444444444444444444d-perl5.36.0-Foo-{Suffix}-1.0");
        Make("b", $"5555555555555555555555555555555f-perl5.38.2-Foo-{Suffix}-1.0");

        Expect(0, "Nothing fails, 1 place in the baseline", Run("check", "*-Foo-*", "--store", _tree.PathOf("b"), "--baseline", WriteBaseline("a", "*-Foo-*")));
    }

    public void Dispose() => _tree.Dispose();

    private static ToolRun Run(params string[] arguments) => ClosureScanTool.Run(arguments);

    /// <summary>The exit code of a diff, and how many places changed how.</summary>
    private static (int ExitCode, string Changes) Diff(params string[] arguments)
    {
        ToolRun run = Run(["diff", .. arguments, "--format", "json"]);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        IEnumerable<string> changes =
            from change in (string[])["new", "stronger", "weaker", "same", "gone"]
            let count = json.RootElement.GetProperty(change).EnumerateArray().Sum(item => item.ValueKind == JsonValueKind.String ? 1 : item.GetProperty("occurrences").GetArrayLength())
            where count > 0
            select $"{change} {count}";
        return (run.ExitCode, string.Join(", ", changes));
    }

    private static void Expect(int exitCode, string says, ToolRun run)
    {
        Assert.True(run.ExitCode == exitCode, $"exit {run.ExitCode}: {run.Text}{run.Error}");
        Assert.Contains(says, string.Join(' ', run.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private ToolRun Check(string store, params string[] arguments) => Run(["check", "*-app-*", "--store", _tree.PathOf(store), .. arguments]);

    /// <summary>A store with the tool and an app that has one script which starts through it.</summary>
    private void Make(string store, string app = App)
    {
        _tree.File($"{store}/{Tool}/bin/bigtool", new ElfBuilder(is64: true) { Machine = 62 }.Build(), executable: true);
        Script(store, app, "run");
    }

    private void Script(string store, string app, string name) => _tree.File($"{store}/{app}/bin/{name}", $"#!/nix/store/{Tool}/bin/bigtool\n", executable: true);

    private void Note(string store, string name) => _tree.File($"{store}/{App}/etc/{name}", $"see /nix/store/{Tool}/share/{name}\n");

    private string Write(string name, string text)
    {
        _tree.File(name, text);
        return _tree.PathOf(name);
    }

    private string WriteBaseline(string store, string root = "*-app-*")
    {
        string file = _tree.PathOf($"{store}.baseline");
        Assert.Equal(0, Run("baseline", "write", root, "--store", _tree.PathOf(store), "--baseline", file, "--quiet").ExitCode);
        return file;
    }
}
