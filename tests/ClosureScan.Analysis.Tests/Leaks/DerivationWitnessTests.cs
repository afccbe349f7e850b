using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Tests.Corpus;
using ClosureScan.Derivations;
using ClosureScan.Paths;
using ClosureScan.Platforms;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Leaks;

/// <summary>What derivations tell beyond bytes and names: the host, the sides, what breaks, and whom to ask.</summary>
public sealed class DerivationWitnessTests
{
    private const string Suffix = "aarch64-unknown-linux-gnu";
    private const string Kbd = $"kbd-{Suffix}-2.6";

    [Fact]
    public async Task Host_is_what_the_derivation_of_the_root_names_whatever_else_speaks()
    {
        MemoryStore store = new();
        store["image"].File("bin/a", CorpusMachine.Intel.Elf(2).Build(), executable: true).File("bin/b", CorpusMachine.Intel.Elf(2).Build(), executable: true);
        ClosureReport report = await Analyze(store, "image", ("image", Cross()));
        Assert.Equal(("aarch64-linux", HostOrigin.Derivation, "x86_64-linux"), (report.Host?.System, report.HostFrom.Origin, report.Build?.System));
        Assert.Contains("aarch64-linux: 1 derivation of a root", report.HostFrom.Evidence);
        Assert.Equal(2, Assert.Single(report.Findings).FileCount);
    }

    [Fact]
    public async Task Host_told_by_the_caller_comes_before_derivations()
    {
        MemoryStore store = new();
        store["image"].File("bin/a", CorpusMachine.Intel.Elf(2).Build(), executable: true);
        ClosureReport report = await Analyze(store, "image", new AnalysisOptions { Host = CrossPlatform("x86_64-linux") }, ("image", Cross()));
        Assert.Empty(report.Findings);
    }

    [Fact]
    public async Task Path_built_for_the_host_with_programs_of_the_build_machine_alone_is_mixed_and_told()
    {
        MemoryStore store = Image("myapp-1");
        store["myapp-1"].File("bin/myapp", CorpusMachine.Intel.Elf(2).Build(), executable: true);
        Assert.Equal(RuleIds.ForeignReference, Assert.Single((await Analyze(store, Root)).Findings).Rule);
        Finding told = Assert.Single((await Analyze(store, Root, ("myapp-1", Cross()))).Findings);
        Assert.Equal((RuleIds.ForeignBinary, "myapp-1"), (told.Rule, told.From.Name));
    }

    [Fact]
    public async Task Text_that_every_cross_build_has_for_the_build_alone_is_of_the_build_side_and_says_why()
    {
        MemoryStore store = Kbds("tables-1", "share/tables/x", "see {0}/share/x\n");
        store["tables-1"].File("share/x", "1 2 3\n");
        Assert.Empty((await Analyze(store, Root)).Findings);

        ClosureReport report = await Analyze(store, Root, (Kbd, Cross(("tables-1", "nativeBuildInputs"))));
        Assert.Equal("tables-1", Assert.Single(report.Findings).To!.Name);
        Assert.Contains("in nativeBuildInputs alone, of kbd.drv", report.Paths.Single(path => path.Path.Name == "tables-1").Because, StringComparison.Ordinal);
        Assert.Contains("tables is only in nativeBuildInputs of kbd.drv.", Fix(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("buildInputs")]
    [InlineData("configureFlags")]
    public async Task Text_that_some_build_has_for_the_host_or_names_by_itself_stays_neutral(string variable)
    {
        MemoryStore store = Kbds("tables-1", "share/tables/x", "see {0}/share/x\n");
        store["tables-1"].File("share/x", "1 2 3\n");
        Assert.Empty((await Analyze(store, Root, (Kbd, Cross(("tables-1", "nativeBuildInputs"), ("tables-1", variable))))).Findings);
    }

    [Fact]
    public async Task Inputs_of_a_native_build_say_nothing_of_sides()
    {
        MemoryStore store = Kbds("tables-1", "share/tables/x", "see {0}/share/x\n");
        store["tables-1"].File("share/x", "1 2 3\n");
        RecordedBuild native = Cross(("tables-1", "nativeBuildInputs")) with { Build = CrossPlatform(Suffix) };
        Assert.Empty((await Analyze(store, Root, (Kbd, native))).Findings);
    }

    [Fact]
    public async Task Text_built_natively_for_any_machine_stays_neutral()
    {
        MemoryStore store = Kbds("font-1", "etc/fonts.conf", "<dir>{0}/share/fonts</dir>\n");
        store["font-1"].File("share/fonts/x.ttf", "font\n");
        Assert.Empty((await Analyze(store, Root, ("font-1", Cross() with { Host = CrossPlatform("x86_64-linux"), Build = CrossPlatform("x86_64-linux") }))).Findings);
    }

    /// <summary>A text that names a compiler records how it was built, unless the package was to have a compiler where it runs.</summary>
    [Theory]
    [InlineData(null, Effect.Bloats)]
    [InlineData("nativeBuildInputs", Effect.Bloats)]
    [InlineData("buildInputs", Effect.Breaks)]
    public async Task Compiler_breaks_where_the_derivation_has_one_for_the_host(string? variable, Effect effect)
    {
        MemoryStore store = Kbds("gcc-wrapper-13", "lib/kbd/run.conf", "compiler = {0}/bin/gcc\n");
        store["gcc-wrapper-13"].File("bin/gcc", CorpusMachine.Intel.Elf(2).Build(), executable: true);
        RecordedBuild build = variable is null ? Cross() : Cross((variable == "buildInputs" ? $"gcc-wrapper-{Suffix}-13" : "gcc-wrapper-13", variable));
        Assert.Equal(effect, Assert.Single((await Analyze(store, Root, (Kbd, build))).Findings).Effect);
    }

    [Theory]
    [InlineData("bash-5", "nativeBuildInputs", "bash is only in nativeBuildInputs of kbd.drv.")]
    [InlineData("bash-5", "builder", "bash is only in builder of kbd.drv.")]
    [InlineData("bash-5-dev", "nativeBuildInputs", "bash is only in nativeBuildInputs of kbd.drv.")]
    [InlineData($"bash-{Suffix}-5", "buildInputs", "kbd.drv has bash for the host in buildInputs: what wrote this took the other.")]
    [InlineData("bash-5", "buildInputs", "kbd.drv has the build machine's bash in buildInputs: take it from the host's package set.")]
    [InlineData("bash-5", "makeFlags", "kbd.drv names it in makeFlags: name the host's there.")]
    public async Task Advice_says_what_the_derivation_has(string input, string variable, string sentence)
    {
        MemoryStore store = Kbds("bash-5", "bin/start", "#!{0}/bin/bash\n");
        store["bash-5"].File("bin/bash", CorpusMachine.Intel.Elf(2).Build(), executable: true);
        string plain = Fix(await Analyze(store, Root));
        Assert.DoesNotContain(".drv", plain, StringComparison.Ordinal);
        string fix = Fix(await Analyze(store, Root, (Kbd, Cross((input, variable)))));
        Assert.EndsWith(" " + sentence, fix, StringComparison.Ordinal);
        Assert.StartsWith("patchShebangs --host", fix, StringComparison.Ordinal);
    }

    private const string Root = $"image-{Suffix}-1";

    private static string Fix(ClosureReport report) => Assert.Single(Assert.Single(report.Findings).Occurrences).Fix;

    private static MemoryStore Image(string holds)
    {
        MemoryStore store = new();
        store[Root].File("bin/x", CorpusMachine.Aarch64.Elf(2).Build(), executable: true).Symlink("holds", MemoryStore.PathOf(holds).ToString());
        return store;
    }

    /// <summary>An image with kbd, whose file names another path.</summary>
    private static MemoryStore Kbds(string target, string file, string text)
    {
        MemoryStore store = Image(Kbd);
        store[Kbd].File("bin/kbd", CorpusMachine.Aarch64.Elf(2).Build(), executable: true)
            .File(file, text.Replace("{0}", MemoryStore.PathOf(target).ToString(), StringComparison.Ordinal), executable: file.StartsWith("bin/", StringComparison.Ordinal));
        return store;
    }

    private static Platform CrossPlatform(string text) => Platform.TryParse(text, out Platform? platform) ? platform : throw new ArgumentException(text);

    private static RecordedBuild Cross(params (string Name, string Variable)[] inputs) => new()
    {
        Derivation = MemoryStore.PathOf("kbd.drv"),
        Host = CrossPlatform(Suffix),
        Build = CrossPlatform("x86_64-unknown-linux-gnu"),
        Inputs = [.. inputs.Select(input => new RecordedInput(MemoryStore.PathOf(input.Name), input.Variable))],
    };

    private static Task<ClosureReport> Analyze(MemoryStore store, string root, params ImmutableArray<(string Name, RecordedBuild Build)> builds) => Analyze(store, root, AnalysisOptions.Default, builds);

    private static async Task<ClosureReport> Analyze(MemoryStore store, string root, AnalysisOptions options, params ImmutableArray<(string Name, RecordedBuild Build)> builds)
    {
        ScannedClosure closure = await store.ScanAsync(MemoryStore.PathOf(root));
        return ClosureAnalyzer.Analyze(
            closure with { Paths = [.. closure.Paths.Select(path => path with { Build = builds.FirstOrDefault(build => build.Name == path.Info.Path.Name).Build })] }, options);
    }
}
