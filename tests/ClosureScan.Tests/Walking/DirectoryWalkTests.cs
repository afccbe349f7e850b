using ClosureScan.Testing;
using ClosureScan.Walking;
using ClosureScan.Walking.Disk;

namespace ClosureScan.Tests.Walking;

/// <summary>What a walk over a disk does with what it can not read, and what it costs.</summary>
public sealed class DirectoryWalkTests
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public void Unreadable_and_special_entries_are_reported_and_the_rest_is_walked()
    {
        FaultyDisk disk = new FaultyDisk()
            .With("a", FaultyDisk.Item.File(3))
            .With("denied", new FaultyDisk.Item(DiskNodeKind.File) { Problem = "Permission denied" })
            .With("denied-directory", new FaultyDisk.Item(DiskNodeKind.Directory) { Problem = "Permission denied" })
            .With("gone-link", new FaultyDisk.Item(DiskNodeKind.Symlink) { Problem = "No such file or directory" })
            .With("long-link", new FaultyDisk.Item(DiskNodeKind.Symlink) { Length = 5000 })
            .With("socket", new FaultyDisk.Item(DiskNodeKind.Special))
            .With("z", FaultyDisk.Item.File(5));
        (WalkLog log, List<ScanProblem> problems, WalkResult result) = Walk(disk);
        Assert.Equal(["a", "z"], log.Files.Keys);
        Assert.Equal(["root/denied", "root/denied-directory", "root/gone-link", "root/long-link", "root/socket"], problems.Select(problem => problem.Path));
        Assert.Null(result.NarHash);
        Assert.Equal(0, disk.Open);
    }

    [Theory]
    [InlineData(100, 99)]
    [InlineData(100, 0)]
    [InlineData(100, 101)]
    [InlineData(0, 1)]
    [InlineData(3 * MiB, (3 * MiB) - 1)]
    [InlineData(3 * MiB, (2 * MiB) + 5)]
    [InlineData(3 * MiB, 2 * MiB)]
    [InlineData(3 * MiB, (3 * MiB) + 1)]
    public void File_that_changes_while_it_is_read_is_a_problem(int told, int real)
    {
        FaultyDisk disk = new FaultyDisk().With("a", FaultyDisk.Item.Changed(told, real)).With("b", FaultyDisk.Item.File(1));
        Counter counter = new();
        List<ScanProblem> problems = [];
        WalkResult result = Walk(disk, counter, problems);
        Assert.Equal("root/a: It changed while it was read", Assert.Single(problems).ToString());
        Assert.Equal(2, counter.Files);
        Assert.Equal(Math.Min(told, real) + 1, counter.Bytes);
        Assert.Null(result.NarHash);
        Assert.Equal(0, disk.Open);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(3 * MiB)]
    public void Read_error_is_a_problem_and_the_walk_goes_on(int length)
    {
        FaultyDisk disk = new FaultyDisk()
            .With("a", FaultyDisk.Item.File(length) with { FailsAt = length / 2 })
            .With("b", FaultyDisk.Item.File(1));
        Counter counter = new();
        List<ScanProblem> problems = [];
        Walk(disk, counter, problems);
        Assert.Equal("root/a: Input/output error", Assert.Single(problems).ToString());
        Assert.True(counter.Bytes >= 1 && counter.Files >= 1);
        Assert.Equal(0, disk.Open);
    }

    [Fact]
    public void Without_anybody_to_tell_the_first_problem_is_thrown()
    {
        FaultyDisk disk = new FaultyDisk().With("socket", new FaultyDisk.Item(DiskNodeKind.Special));
        Assert.StartsWith(
            "root/socket: ",
            Assert.Throws<IOException>(() => DirectoryWalk.Run(disk, "root", new Counter(), null, TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_root_is_a_problem_and_an_empty_walk()
    {
        string path = Path.Combine(Path.GetTempPath(), "closurescan-does-not-exist");
        List<ScanProblem> problems = [];
        WalkResult result = DirectoryWalk.Run(path, new Counter(), new WalkOptions { OnProblem = problems.Add }, TestContext.Current.CancellationToken);
        Assert.Equal(path, Assert.Single(problems).Path);
        Assert.Equal(0, result.NarSize);
        Assert.Throws<IOException>(() => DirectoryWalk.Run(path, new Counter(), cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Named_pipe_is_a_problem_and_nobody_waits_for_its_other_end()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs the Linux walk.");
        RequiredTool.Find("mkfifo");
        using TemporaryTree tree = new TemporaryTree().File("a", "a").File("z", "z");
        SampleTrees.Shell(tree.Root, "mkfifo pipe");
        Counter counter = new();
        List<ScanProblem> problems = [];
        DirectoryWalk.Run(tree.Root, counter, new WalkOptions { OnProblem = problems.Add }, TestContext.Current.CancellationToken);
        Assert.Equal(tree.PathOf("pipe"), Assert.Single(problems).Path);
        Assert.Equal(2, counter.Files);
        problems.Clear();
        DirectoryWalk.Run(tree.PathOf("pipe"), counter, new WalkOptions { OnProblem = problems.Add }, TestContext.Current.CancellationToken);
        Assert.Equal(tree.PathOf("pipe"), Assert.Single(problems).Path);
    }

    [Fact]
    public void Directories_may_be_nested_63_deep_and_not_deeper()
    {
        using TemporaryTree tree = new();
        string deepest = string.Join('/', Enumerable.Repeat("d", 63));
        tree.Directory(deepest).File("e", "after");
        Assert.True(DirectoryWalk.Run(tree.Root, new Counter(), cancellationToken: TestContext.Current.CancellationToken).NarSize > 0);
        tree.File(deepest + "/f", "too deep");
        Counter counter = new();
        List<ScanProblem> problems = [];
        DirectoryWalk.Run(tree.Root, counter, new WalkOptions { OnProblem = problems.Add }, TestContext.Current.CancellationToken);
        Assert.Equal(tree.PathOf(deepest + "/f"), Assert.Single(problems).Path);
        Assert.Equal(1, counter.Files);
    }

    [Fact]
    public void Root_may_be_a_file_or_a_symlink_which_is_not_followed()
    {
        using TemporaryTree tree = new TemporaryTree().File("file", "contents", executable: true).Symlink("link", "file");
        WalkLog log = new();
        DirectoryWalk.Run(tree.PathOf("file"), log, cancellationToken: TestContext.Current.CancellationToken);
        DirectoryWalk.Run(tree.PathOf("link") + "/", log, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("file \"\" ( @0) 8 x @128", log.Lines[0]);
        Assert.Equal("symlink \"\" ( @0) -> file @96", log.Lines[2]);
    }

    [Fact]
    public void Portable_reader_walks_like_the_fast_one()
    {
        using TemporaryTree tree = SampleTrees.EverythingInUtf8();
        WalkLog fast = new(), portable = new();
        WalkOptions options = new() { ComputeNarHash = true };
        WalkResult expected = DirectoryWalk.Run(tree.Root, fast, options, TestContext.Current.CancellationToken);
        Assert.Equal(expected, DirectoryWalk.Run(new PortableDiskReader(), tree.Root, portable, options, TestContext.Current.CancellationToken));
        Assert.Equal(fast.Lines, portable.Lines);
    }

    [Fact]
    public void Clean_files_cost_no_allocation()
    {
        long few = AllocatedBy(100), many = AllocatedBy(600);
        Assert.True(many - few <= 80_000 /* the longer list of names */, $"{few} bytes for 100 files, {many} for 600");

        static long AllocatedBy(int files)
        {
            using TemporaryTree tree = new();
            for (int index = 0; index < files; index++)
            {
                tree.File($"f{index:D6}", "contents");
            }

            Counter counter = new();
            int walks = 0;
            long allocated = Allocation.Of(() =>
            {
                DirectoryWalk.Run(tree.Root, counter);
                walks++;
            });
            Assert.Equal(walks * files, counter.Files);
            return allocated;
        }
    }

    [Fact]
    [Trait(Tier.Name, Tier.Laws)]
    public void Directory_of_a_hundred_thousand_entries_takes_the_memory_of_its_names()
    {
        FaultyDisk disk = new();
        for (int index = 0; index < 100_000; index++)
        {
            disk.With($"entry-{index:D6}", new FaultyDisk.Item(DiskNodeKind.Symlink) { Length = 10 });
        }

        Counter counter = new();
        WalkResult result = Walk(disk, counter, []);
        Assert.Equal(100_000, counter.Symlinks);
        Assert.Equal(80 + 16 + (100_000L * 208), result.NarSize);
    }

    [Fact]
    public void Walk_can_be_cancelled()
    {
        using TemporaryTree tree = new TemporaryTree().File("a", "a");
        Assert.Throws<OperationCanceledException>(() => DirectoryWalk.Run(tree.Root, new Counter(), null, new CancellationToken(true)));
    }

    [Fact]
    public void Long_file_is_delivered_in_pieces_and_can_be_read_back_whole()
    {
        byte[] contents = new byte[(5 * MiB) + 3];
        new Random(7).NextBytes(contents);
        using TemporaryTree tree = new TemporaryTree().File("long", contents).File("short", contents.AsSpan(0, MiB - 1));
        Dictionary<string, FileViewCheck> views = [];
        WalkLog log = new() { OnEndFile = (path, view) => views[path] = view };
        DirectoryWalk.Run(tree.Root, log, cancellationToken: TestContext.Current.CancellationToken);
        Assert.False(views["long"].IsWhole);
        Assert.True(views["short"].IsWhole);
        Assert.All(log.Files, file => Assert.Equal(file.Value.Length, views[file.Key].Readable));
        Assert.All(views.Values, view => Assert.Equal(0, view.EndReads));
    }

    private static (WalkLog Log, List<ScanProblem> Problems, WalkResult Result) Walk(FaultyDisk disk)
    {
        WalkLog log = new();
        List<ScanProblem> problems = [];
        return (log, problems, Walk(disk, log, problems));
    }

    private static WalkResult Walk(FaultyDisk disk, IContentVisitor visitor, List<ScanProblem> problems) => DirectoryWalk.Run(
        disk, "root", visitor, new WalkOptions { ComputeNarHash = true, OnProblem = problems.Add }, TestContext.Current.CancellationToken);
}
