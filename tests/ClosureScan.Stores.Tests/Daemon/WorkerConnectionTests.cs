using ClosureScan.Paths;
using ClosureScan.Stores.Daemon;
using ClosureScan.Stores.Metadata;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.Daemon;

/// <summary>Conversations with real daemons.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class WorkerConnectionTests(RealNix nix) : IClassFixture<RealNix>
{
    [Theory]
    [InlineData(NixVersions.Own)]
    [InlineData(NixVersions.Newer)]
    public void A_daemon_tells_what_Nix_tells(string version)
    {
        SampleClosure closure = SampleClosure.Build(nix);
        PathInfo[] expected = [.. PathInfoJson.Parse(System.Text.Encoding.UTF8.GetBytes(nix.PathInfoJson(closure.Root)), "path-info", null).OrderBy(info => info.Path)];
        using NixDaemon daemon = NixDaemon.Start(nix, NixVersions.Find(version, "nix-daemon"));
        using WorkerConnection connection = Connect(daemon);

        PathInfo[] found = [.. connection.FindClosure(StorePath.Parse(closure.Root), _ => false).OrderBy(info => info.Path)];

        Assert.Equal(expected.Select(Describe), found.Select(Describe));
        StorePath absent = StorePath.Parse("/nix/store/00000000000000000000000000000000-absent");
        Assert.Equal([null, found[0].Path, null], connection.Find([absent, found[0].Path, absent]).Select(info => info?.Path));
        Assert.Equal(found[0].Path, connection.FindByHash(found[0].Path.Hash));
        Assert.Null(connection.FindByHash(absent.Hash));
        Assert.Superset(found.Select(info => info.Path).ToHashSet(), connection.List().ToHashSet());

        long? unread = null;
        using (Stream nar = connection.OpenNar(found[0].Path, found[0].NarSize!.Value, left => unread = left))
        {
            using MemoryStream bytes = new();
            nar.CopyTo(bytes);
            Assert.Equal(nix.Dump(found[0].Path.ToString()).ToArray(), bytes.ToArray());
        }

        Assert.Equal(0, unread);
        Assert.Equal(found[0].Path, connection.Find([found[0].Path])[0]!.Path);
    }

    [Theory]
    [InlineData(NixVersions.Own)]
    [InlineData(NixVersions.Newer)]
    public void Many_questions_go_out_before_the_first_answer(string version)
    {
        SampleClosure closure = SampleClosure.Build(nix);
        using NixDaemon daemon = NixDaemon.Start(nix, NixVersions.Find(version, "nix-daemon"));
        using WorkerConnection connection = Connect(daemon);
        StorePath path = StorePath.Parse(closure.Root);
        PathInfo?[] infos = connection.Find([.. Enumerable.Repeat(path, 2000)]);
        Assert.Equal(2000, infos.Length);
        Assert.All(infos, info => Assert.Equal(path, info!.Path));
    }

    [Theory]
    [InlineData(NixVersions.Own)]
    [InlineData(NixVersions.Newer)]
    public void The_error_that_a_daemon_sends_into_a_NAR_is_told(string version)
    {
        _ = SampleClosure.Build(nix);
        using NixDaemon daemon = NixDaemon.Start(nix, NixVersions.Find(version, "nix-daemon"));
        using WorkerConnection connection = Connect(daemon);
        using Stream nar = connection.OpenNar(StorePath.Parse("/nix/store/00000000000000000000000000000000-absent"), 100_000, _ => { });
        IOException exception = Assert.Throws<IOException>(() => nar.CopyTo(Stream.Null));
        Assert.Contains("breaks off", exception.Message, StringComparison.Ordinal);
        Assert.Contains("00000000000000000000000000000000-absent", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', exception.Message);
    }

    [Fact]
    public void A_socket_where_nobody_listens_is_told()
    {
        StoreException exception = Assert.Throws<StoreException>(() => UnixSocketPeer.Connect("/nowhere/socket"));
        Assert.Contains("NIX_DAEMON_SOCKET_PATH", exception.Message, StringComparison.Ordinal);
    }

    private static WorkerConnection Connect(NixDaemon daemon) =>
        WorkerConnection.Open(UnixSocketPeer.Connect(daemon.Socket), new StorePathPool(StorePath.DefaultStoreDirectory), "daemon");

    private static string Describe(PathInfo info) =>
        $"{info.Path} {info.NarHash} {info.NarSize} {string.Join(' ', info.References)} {info.Deriver} {info.ContentAddress} {string.Join(' ', info.Signatures)}";
}
