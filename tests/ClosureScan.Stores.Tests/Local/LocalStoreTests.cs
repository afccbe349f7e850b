using ClosureScan.Paths;
using ClosureScan.Testing;
using Microsoft.Data.Sqlite;

namespace ClosureScan.Stores.Tests.Local;

/// <summary>That the local store says what Nix says, for any user, and never passes what is damaged.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class LocalStoreTests(RealNix nix) : IClassFixture<RealNix>
{
    [Fact]
    public async Task Every_path_has_the_references_hash_and_size_that_Nix_registered()
    {
        SampleClosure sample = SampleClosure.Build(nix);
        await using IStore store = await Store.OpenAsync("local", Scanning.Token);
        foreach (string path in nix.Closure(sample.Root))
        {
            PathInfo? info = await store.FindAsync(StorePath.Parse(path), Scanning.Token);

            Assert.NotNull(info);
            Assert.Equal(nix.References(path).Order(StringComparer.Ordinal), info.References!.Value.Select(reference => reference.ToString()));
            Assert.Equal(nix.NarHash(path), info.NarHash.ToString());
            Assert.Equal(nix.NarSize(path), info.NarSize);
        }
    }

    [Fact]
    public async Task Closure_is_the_one_of_Nix_and_verifies()
    {
        SampleClosure sample = SampleClosure.Build(nix);
        string root = nix.CopyToNewRoot(sample.Root);
        await using IStore store = await Store.OpenAsync($"local?root={root}", Scanning.Token);

        ScannedClosure closure = await ClosureScanner.ScanAsync(
            store, [StorePath.Parse(sample.Root)], new ClosureScanOptions { VerifyHashes = true }, cancellationToken: Scanning.Token);

        Assert.Empty(closure.Problems);
        Assert.Equal(nix.Closure(sample.Root).Order(StringComparer.Ordinal), closure.Paths.Select(path => path.Info.Path.ToString()));
        Assert.All(closure.Paths, path => Assert.Equal(path.Info.References!.Value.Select(reference => reference.Hash).Order(), path.Scan!.References.Select(found => found.Target)));
        Assert.All(closure.Paths, path => Assert.Equal(path.Info.NarHash, path.Scan!.NarHash));
    }

    [Fact]
    public async Task Changed_file_is_a_problem_when_hashes_are_verified()
    {
        SampleClosure sample = SampleClosure.Build(nix);
        string root = nix.CopyToNewRoot(sample.Root);
        Assert.Equal(0, ToolRun.Execute("/bin/chmod", ["u+w", root + sample.Root]).ExitCode);
        byte[] bytes = await File.ReadAllBytesAsync(root + sample.Root, Scanning.Token);
        bytes[^2] ^= 1;
        await File.WriteAllBytesAsync(root + sample.Root, bytes, Scanning.Token);
        await using IStore store = await Store.OpenAsync(root, Scanning.Token);

        ScannedClosure closure = await ClosureScanner.ScanAsync(
            store, [StorePath.Parse(sample.Root)], new ClosureScanOptions { VerifyHashes = true }, cancellationToken: Scanning.Token);

        ScanProblem problem = Assert.Single(closure.Problems);
        Assert.Equal(sample.Root, problem.Path);
        Assert.Contains("hash", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registered_path_without_files_is_a_problem()
    {
        SampleClosure sample = SampleClosure.Build(nix);
        string root = nix.CopyToNewRoot(sample.Root);
        Assert.Equal(0, ToolRun.Execute("/bin/sh", ["-c", "chmod -R u+w \"$0\"; rm -r \"$0\"", root + sample.Leaf]).ExitCode);

        ScannedClosure closure = await Scanning.ScanAsync($"local?root={root}", sample.Root);

        Assert.False(closure.IsComplete);
        Assert.Equal(3, closure.Paths.Length);
    }

    [Fact]
    public async Task Rows_that_are_only_in_a_writers_log_are_seen()
    {
        SampleClosure sample = SampleClosure.Build(nix);
        string root = nix.CopyToNewRoot(sample.Root);
        using SqliteConnection writer = StoreDatabase.OpenWriter(root);
        StoreDatabase.Execute(writer, $"update ValidPaths set narSize = 12345 where path = '{sample.Root}'");
        Assert.True(new FileInfo(StoreDatabase.FileOf(root) + "-wal").Length > 0);
        await using IStore store = await Store.OpenAsync($"local?root={root}", Scanning.Token);

        Assert.Equal(12345, (await store.FindAsync(StorePath.Parse(sample.Root), Scanning.Token))!.NarSize);
        StoreDatabase.Execute(writer, $"update ValidPaths set narSize = 54321 where path = '{sample.Root}'");
        Assert.Equal(54321, (await store.FindAsync(StorePath.Parse(sample.Root), Scanning.Token))!.NarSize);
    }

    [Fact]
    public async Task Damaged_database_is_told_as_such()
    {
        string root = nix.CopyToNewRoot(SampleClosure.Build(nix).Root);
        await File.WriteAllTextAsync(StoreDatabase.FileOf(root), new string('x', 8192), Scanning.Token);

        StoreException failure = await Assert.ThrowsAsync<StoreException>(() => Store.OpenAsync($"local?root={root}", Scanning.Token).AsTask());

        Assert.Contains("damaged", failure.Message, StringComparison.Ordinal);
        Assert.Contains(StoreDatabase.FileOf(root), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_schema_is_refused()
    {
        string root = nix.CopyToNewRoot(SampleClosure.Build(nix).Root);
        await File.WriteAllTextAsync(root + "/nix/var/nix/db/schema", "9", Scanning.Token);

        StoreException failure = await Assert.ThrowsAsync<StoreException>(() => Store.OpenAsync($"local?root={root}", Scanning.Token).AsTask());

        Assert.Contains("schema 9", failure.Message, StringComparison.Ordinal);
    }
}
