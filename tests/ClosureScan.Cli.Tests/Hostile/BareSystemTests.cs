using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Hostile;

/// <summary>The published program where there is nothing but itself, the C library and what it reads: all is as outside.</summary>
public sealed class BareSystemTests : IDisposable
{
    private static readonly string[] Reports = ["json", "sarif", "sarif-full", "junit", "github", "gitlab", "markdown", "html"];

    private readonly TemporaryTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("none")]
    [InlineData("xz")]
    [InlineData("zstd")]
    [InlineData("bzip2")]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("lzip")]
    public void Cache_of_any_compression_is_scanned(string compression)
    {
        string root = MakeRoot();
        using RealNix nix = new();
        string path = nix.BuildScript("bare-armv7l-unknown-linux-gnueabihf-1.0", "mkdir $out; cp /bin/true $out/true; echo $out > $out/self");
        nix.CopyToCache($"{root}/cache", compression, path);

        AsOutside(root, 1, "scan", path, "--store", "/cache");
        AsOutside(root, 0, "scan", path, "--store", "/cache", "--fail-on", "none", "--format", "json");
    }

    [Fact]
    public void Sample_is_checked_with_every_report()
    {
        string root = MakeRoot();
        LeakyCache.CopyTo($"{root}/cache");
        string[] files = [.. Reports.SelectMany(format => (string[])["--report", $"{format}=/out.{format}"])];

        ToolRun run = Inside(root, ["check", LeakyCache.RootName, "--store", "/cache", "--report", "facts=/out.facts", .. files]);

        Assert.Equal(("", 1), (run.Error, run.ExitCode));
        Assert.Equal(1, Inside(root, ["scan", "/out.facts"]).ExitCode);
        foreach (string format in Reports)
        {
            ToolRun outside = ToolRun.Execute(NativeTool.Path, ["check", LeakyCache.RootName, "--store", $"{root}/cache", "--format", format]);
            Assert.Equal(WithoutRoot(outside.Text, root), File.ReadAllText($"{root}/out.{format}"));
        }
    }

    [Fact]
    public void Local_store_is_scanned_by_its_database()
    {
        string root = MakeRoot();
        using RealNix nix = new();
        string path = nix.BuildScript("bare-local-armv7l-unknown-linux-gnueabihf-1.0", "mkdir $out; cp /bin/true $out/true; echo $out > $out/self");
        Assert.Equal(0, ToolRun.Execute("/bin/cp", ["-a", nix.CopyToNewRoot(path), $"{root}/store"]).ExitCode);

        AsOutside(root, 1, "scan", path, "--store", "local?root=/store");
        AsOutside(root, 0, "size", path, "--store", "local?root=/store");
    }

    /// <summary>A root with the program and the libraries that it names, which are those of the C library alone.</summary>
    private string MakeRoot()
    {
        string chroot = RequiredTool.Find("chroot");
        if (!Environment.IsPrivilegedProcess)
        {
            RequiredTool.Missing($"to run as root, for {chroot}");
        }

        string[] libraries = [.. ToolRun.Execute(RequiredTool.Find("ldd"), [NativeTool.Path]).Lines
            .SelectMany(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word.StartsWith('/'))];
        Assert.All(libraries, library => Assert.Matches(@"/(libc\.so\.6|libm\.so\.6|ld-linux.*)$", library));
        foreach (string file in libraries)
        {
            _tree.File(file[1..], File.ReadAllBytes(file), executable: true);
        }

        _tree.File("closurescan", File.ReadAllBytes(NativeTool.Path), executable: true);
        return _tree.Root;
    }

    private static ToolRun Inside(string root, params IEnumerable<string> call) =>
        ToolRun.Execute(RequiredTool.Find("chroot"), [root, "/closurescan", .. call]);

    private static void AsOutside(string root, int exitCode, params string[] call)
    {
        ToolRun inside = Inside(root, call);
        ToolRun outside = ToolRun.Execute(NativeTool.Path, call.Select(argument => argument.Replace("=/", $"={root}/", StringComparison.Ordinal) is var moved && argument == "/cache" ? root + argument : moved));

        Assert.Equal((exitCode, "", WithoutRoot(outside.Text, root)), (inside.ExitCode, inside.Error, inside.Text));
        Assert.Equal(exitCode, outside.ExitCode);
    }

    /// <summary>What is told of the store outside, as it is called inside.</summary>
    private static string WithoutRoot(string text, string root) => text.Replace(root, "", StringComparison.Ordinal);
}
