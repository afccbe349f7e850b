using ClosureScan.Analysis;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Reports.Html;
using ClosureScan.Evidence;
using ClosureScan.Platforms;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Pages;

/// <summary>The pages that are opened: most by the tool as its users call it, two of closures that no store has.</summary>
internal sealed class PageFiles : IDisposable
{
    private const string Sample = "samples/leaky-cache";
    private const string Fixed = "samples/fixed-cache";

    /// <summary>Judged as a closure for armv7l.</summary>
    public static AnalysisOptions OnArm { get; } = new() { Host = Platform.TryParse("armv7l-linux", out Platform? arm) ? arm : null };

    private readonly TemporaryTree _tree = new();

    /// <summary>The page of a case.</summary>
    public string Make(string name) => name switch
    {
        "sample" => Run("check", LeakyCache.RootName, "--store", Sample),
        "cut" => Run("cut", LeakyCache.RootName, "--store", Sample),
        "clean" => Run("check", LeakyCache.RootName, "--store", Fixed),
        "incomplete" => RunIncomplete(),
        "diff" => Run("diff", LeakyCache.RootName, LeakyCache.RootName, "--before-store", Sample, "--after-store", Fixed),
        "compare" => Run("compare", LeakyCache.RootName, LeakyCache.RootName, "--cross-store", Sample, "--native-store", Fixed),
        "hostile" => Write(Hostile()),
        "large" => Write(Large(10_000)),
        _ => throw new ArgumentException(name, nameof(name)),
    };

    /// <summary>The page of real packages that a real compiler made.</summary>
    public string Make(CrossClosure closure) => Run("check", closure.Root.ToString());

    public void Dispose() => _tree.Dispose();

    /// <summary>Writes the page of a closure.</summary>
    public string Write(ScannedClosure closure)
    {
        ClosureReport report = ClosureAnalyzer.Analyze(closure, OnArm);
        using (FileStream file = File.Create(Page))
        {
            HtmlPage.Write(PolicyJudge.Judge(report, ClosurePolicy.Default), file, "1.2.3");
        }

        return Page;
    }

    /// <summary>A closure of so many paths, half of them of the build side, that hangs together like one of Nix: few hold many.</summary>
    public static ScannedClosure Large(int count)
    {
        Random random = new(17);
        ClosureBuilder closure = new();
        for (int i = 0; i < count; i++)
        {
            int number = i;
            closure.Add($"package-{number}-1.{number % 97}", path =>
            {
                path.Size(1000 + (long)(Math.Pow(random.NextDouble(), 4) * 5e6)).Program("bin/program", number % 5 == 4 ? "x86_64-linux" : "armv7l-linux");
                int references = Math.Min(count - 1 - number, 1 + random.Next(8));
                foreach (int target in Enumerable.Range(0, references).Select(_ => Math.Min(count - 1, number + 1 + (int)(random.NextDouble() * random.NextDouble() * 60))).Append(Math.Min(count - 1, (2 * number) + 1)).Append(Math.Min(count - 1, (2 * number) + 2)).Distinct().Where(target => target != number))
                {
                    path.Refers($"package-{target}-1.{target % 97}", Mechanism.Text, $"share/doc/file-{target % 7}", context: "");
                }
            });
        }

        return closure.Build();
    }

    private string Page => _tree.PathOf("closure.html");

    /// <summary>What a package may put into its files and their names to become more than text.</summary>
    private static ScannedClosure Hostile() => new ClosureBuilder()
        .Add("image-1.0", path => path.Program("bin/init", "armv7l-linux")
            .Refers("tool-1.0", Mechanism.Text, "</script><script>document.title='taken'</script>", context: "<img src=x onerror=\"document.title='taken'\">")
            .Refers("tool-1.0", Mechanism.Text, "a\u202egnp.exe", context: "\u0007\u001b[31mred\u0000 ]]> --> </style><style>*{display:none}")
            .Refers("tool-1.0", Mechanism.Text, "share/\"quoted' & <b>bold</b>", context: new string('x', 200_000) + "</pre></code>"))
        .Add("tool-1.0", path => path.Program("bin/tool", "x86_64-linux").Size(3_000_000))
        .Problem("</li></ul><script>document.title='taken'</script>", "no more <than> text\u2028")
        .Build();

    private string Run(params string[] call)
    {
        ToolRun run = ClosureScanTool.Run([.. call, "--quiet", "--report", $"html={Page}"]);
        Assert.True(run.ExitCode is 0 or 1 or 3, run.Error);
        return Page;
    }

    private string RunIncomplete()
    {
        string broken = _tree.PathOf("cache");
        Directory.CreateDirectory(Path.Combine(broken, "nar"));
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf(Sample), "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(broken, Path.GetRelativePath(Repository.PathOf(Sample), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.Delete(Directory.EnumerateFiles(Path.Combine(broken, "nar")).Order(StringComparer.Ordinal).First());
        return Run("check", LeakyCache.RootName, "--store", broken);
    }
}
