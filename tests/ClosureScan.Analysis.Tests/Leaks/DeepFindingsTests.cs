using System.Collections.Frozen;
using System.IO.Compression;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Tests.Corpus;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Leaks;

public sealed class DeepFindingsTests
{
    private const string App = "app-armv7l-unknown-linux-gnueabihf-1";

    private static readonly ScanOptions Deep = new() { Deep = true };
    private static readonly StorePath Nobody = MemoryStore.PathOf("bash-5.2");

    [Fact]
    public async Task Undeclared_interpreter_breaks_and_undeclared_text_bloats()
    {
        MemoryStore store = Store();
        store[App].File("bin/run", $"#!{Nobody}/bin/bash\n", executable: true);
        Assert.Equal((RuleIds.UndeclaredReference, Effect.Breaks, "bash-5.2"), Describe(Assert.Single(await Find(store))));

        store = Store();
        store[App].File("share/app/notes", $"made with {Nobody}/bin/bash -I{Nobody}\n");
        Assert.Equal((RuleIds.UndeclaredReference, Effect.Bloats, "bash-5.2"), Describe(Assert.Single(await Find(store))));
    }

    [Fact]
    public async Task Reference_in_compressed_data_is_hidden_unless_the_path_refers_to_it_in_the_open()
    {
        MemoryStore store = Store();
        string target = MemoryStore.PathOf("data-1").ToString();
        store["data-1"].File("table", "1 2 3\n");
        store["image-1"].Symlink("app", MemoryStore.PathOf(App).ToString()).Symlink("data", target);
        store[App].File("share/man/man1/app.1.gz", Compress($".TH app 1\n{target}/table\n"));
        Finding leak = Assert.Single(await Find(store, "image-1"));
        Assert.Equal((RuleIds.HiddenReference, Effect.Bloats, "data-1"), Describe(leak));
        Assert.Equal(Mechanism.Compressed, Assert.Single(leak.Evidence).Mechanism);

        store[App].Symlink("share/data", target);
        Assert.Empty(await Find(store, "image-1"));
    }

    [Fact]
    public async Task Left_over_build_directory_is_one_finding_a_path()
    {
        MemoryStore store = Store();
        store[App].File("share/a", "/build/source/a.c\n").File("share/b", "in /build/app-1.0/b.c\n");
        Finding leak = Assert.Single(await Find(store));
        Assert.Equal((RuleIds.BuildPath, Effect.Bloats, App), Describe(leak));
        Assert.Equal(2, leak.FileCount);
    }

    [Fact]
    public async Task Every_file_with_build_directories_is_told()
    {
        MemoryStore store = Store();
        for (int file = 0; file < 100; file++)
        {
            store[App].File($"share/{file}", "/build/source/a.c\n");
        }

        Finding leak = Assert.Single(await Find(store));
        Assert.Equal((100, 100), (leak.FileCount, leak.Evidence.Count()));
    }

    [Fact]
    public async Task Scrubbed_reference_is_listed_and_a_finding_where_it_is_not_accepted()
    {
        MemoryStore store = Store();
        store[App].File("share/a", $"/nix/store/{new string('e', 32)}-gcc-13/lib\n").File("share/b", "clean\n");
        ScannedClosure closure = await store.ScanAsync(MemoryStore.PathOf(App), Deep);
        ClosureReport report = ClosureAnalyzer.Analyze(closure);
        Assert.Empty(report.Findings);
        LetThrough item = Assert.Single(report.LetThrough);
        Assert.Equal((LegitimateKind.ScrubbedReference, App, null, 1L, "share/a"), (item.Kind, item.Path.Name, item.To, item.FileCount, Assert.Single(item.Files)));

        ClosureReport strict = ClosureAnalyzer.Analyze(closure, new() { Legitimate = LegitimateKinds.Catalogue.Except([LegitimateKind.ScrubbedReference]).ToFrozenSet() });
        Assert.Equal((RuleIds.UndeclaredReference, Effect.Bloats, App), Describe(Assert.Single(strict.Findings)));
        Assert.Empty(strict.LetThrough);
    }

    [Fact]
    public async Task What_is_no_edge_of_the_closure_is_an_edit_of_its_file_that_frees_nothing()
    {
        MemoryStore store = Store();
        store[App].File("bin/run", $"#!{Nobody}/bin/bash\n", executable: true).File("share/a", "/build/source/a.c\n");
        ClosureReport report = ClosureAnalyzer.Analyze(await store.ScanAsync(MemoryStore.PathOf(App), Deep));
        Assert.Equal(2, report.Findings.Length);
        ClosureCut cut = CutFinder.ForFindings(report);
        Assert.Equal(["bin/run", "share/a"], cut.Edits.Select(edit => Assert.Single(edit.Files)).Order());
        Assert.All(cut.Edits, edit => Assert.Equal(0, edit.FreedAlone));
    }

    [Fact]
    public async Task Plain_scan_tells_none_of_them()
    {
        MemoryStore store = Store();
        store[App].File("share/a", $"/build/source/a.c {Nobody}\n");
        Assert.Empty(ClosureAnalyzer.Analyze(await store.ScanAsync(MemoryStore.PathOf(App))).Findings);
    }

    private static MemoryStore Store()
    {
        MemoryStore store = new();
        store[App].File("bin/app", CorpusMachine.Arm.Elf(2).Build(), executable: true);
        return store;
    }

    private static async Task<IReadOnlyList<Finding>> Find(MemoryStore store, string root = App) =>
        ClosureAnalyzer.Analyze(await store.ScanAsync(MemoryStore.PathOf(root), Deep)).Findings;

    private static (string Rule, Effect Effect, string To) Describe(Finding leak) => (leak.Rule, leak.Effect, (leak.To ?? leak.From).Name);

    private static byte[] Compress(string text)
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(System.Text.Encoding.ASCII.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
