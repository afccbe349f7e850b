using System.Runtime.Versioning;
using ClosureScan.Testing;
using Microsoft.Data.Sqlite;

namespace ClosureScan.Stores.Tests.Local;

/// <summary>
/// That a user who may not write to the store reads it, whatever the daemon is doing. The tool runs as another user, since root
/// may do everything.
/// </summary>
[UnsupportedOSPlatform("windows")]
[Trait(Tier.Name, Tier.Real)]
public sealed class OtherUserTests(RealNix nix) : IClassFixture<RealNix>
{
    private const string Nobody = "65534";
    private const int Clean = 0;
    private const int Incomplete = 3;
    private const int Nothing = 4;

    private const UnixFileMode Everyone = (UnixFileMode)0b111_101_101;

    private static readonly Lazy<string> PublicTool = new(CopyTool);

    [Fact]
    public void Rows_that_are_only_in_the_log_of_a_running_writer_are_seen()
    {
        SampleClosure sample = SampleClosure.Build(nix);
        string root = MakeReadableRoot(sample);
        using SqliteConnection writer = StoreDatabase.OpenWriter(root);
        string renamed = sample.Root + "-renamed";
        File.Copy(root + sample.Root, root + renamed);
        Assert.Equal(Nothing, Scan(root, renamed).ExitCode);

        StoreDatabase.Execute(writer, $"update ValidPaths set path = '{renamed}' where path = '{sample.Root}'");

        Assert.True(new FileInfo(StoreDatabase.FileOf(root) + "-wal").Length > 0);
        AssertClean(Scan(root, renamed));
        Assert.Equal(Nothing, Scan(root, sample.Root).ExitCode);
    }

    [Fact]
    public void Database_without_a_log_is_read_where_none_can_be_made()
    {
        SampleClosure sample = SampleClosure.Build(nix);
        string root = MakeReadableRoot(sample);
        using (SqliteConnection writer = StoreDatabase.OpenWriter(root))
        {
            StoreDatabase.Execute(writer, "pragma wal_checkpoint(truncate)");
        }

        File.Delete(StoreDatabase.FileOf(root) + "-wal");
        File.Delete(StoreDatabase.FileOf(root) + "-shm");

        AssertClean(Scan(root, sample.Root));
        Assert.False(File.Exists(StoreDatabase.FileOf(root) + "-shm"));
    }

    [Theory]
    [InlineData("/numbers")]
    [InlineData("/bin")]
    [InlineData("")]
    public void What_may_not_be_read_makes_the_scan_incomplete_and_is_named(string below)
    {
        SampleClosure sample = SampleClosure.Build(nix);
        string root = MakeReadableRoot(sample);
        File.SetUnixFileMode(root + sample.Leaf + below, UnixFileMode.None);

        ToolRun run = Scan(root, sample.Root);

        Assert.Equal(Incomplete, run.ExitCode);
        Assert.Contains(Path.GetFileName(sample.Leaf) + below, run.Text + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Database_that_may_not_be_read_is_told_with_its_file()
    {
        SampleClosure sample = SampleClosure.Build(nix);
        string root = MakeReadableRoot(sample);
        File.SetUnixFileMode(StoreDatabase.FileOf(root), UnixFileMode.UserRead);

        ToolRun run = Scan(root, sample.Root);

        Assert.Equal(Incomplete, run.ExitCode);
        Assert.Contains(StoreDatabase.FileOf(root), run.Error, StringComparison.Ordinal);
    }

    private static ToolRun Scan(string root, string path)
    {
        string host = Environment.ProcessPath is { } process && Path.GetFileName(process) == "dotnet" ? process : RequiredTool.Find("dotnet");
        return ToolRun.Execute(
            RequiredTool.Find("setpriv"),
            ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", host, PublicTool.Value, "scan", "--store", $"local?root={root}", path]);
    }

    /// <summary>The tool in a folder that every user may read, which the build's own need not be.</summary>
    private static string CopyTool()
    {
        TemporaryTree copy = new();
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
        {
            string target = copy.PathOf(Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
            File.SetUnixFileMode(target, Everyone);
        }

        foreach (string folder in Directory.EnumerateDirectories(copy.Root, "*", SearchOption.AllDirectories).Append(copy.Root))
        {
            File.SetUnixFileMode(folder, Everyone);
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => copy.Dispose();
        return copy.PathOf("ClosureScan.Cli.dll");
    }

    private static void AssertClean(ToolRun run) => Assert.True(run.ExitCode == Clean, $"exit code {run.ExitCode}: {run.Error}{run.Text}");

    /// <summary>A store that every user may read and only root may write to.</summary>
    private string MakeReadableRoot(SampleClosure sample)
    {
        string root = nix.CopyToNewRoot(sample.Root);
        File.SetUnixFileMode(root, Everyone);
        File.SetUnixFileMode(Path.GetDirectoryName(root)!, Everyone);
        return root;
    }
}
