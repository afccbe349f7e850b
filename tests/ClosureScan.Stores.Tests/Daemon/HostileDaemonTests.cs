using ClosureScan.Paths;
using ClosureScan.Stores.Daemon;
using ClosureScan.Stores.Ssh;
using ClosureScan.Stores.Tests.Wire;

namespace ClosureScan.Stores.Tests.Daemon;

/// <summary>Peers that are broken, hostile or something else altogether: each ends in a sentence.</summary>
public sealed class HostileDaemonTests
{
    private const ulong Last = 0x616c7473;
    private const ulong Error = 0x63787470;

    private static readonly StorePath Path = StorePath.Parse("/nix/store/00000000000000000000000000000000-a");

    [Theory]
    [InlineData("Welcome to pi!\r\nLast login: yesterday\n", "it printed \"Welcome to pi! Last login: yesterday\" before the protocol")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "HTTP/1.1 400 Bad Request")]
    [InlineData("\u001b[31mred\u001b[0m and more", "it printed \"red and more\"")]
    [InlineData("", "the connection ends at byte 0")]
    [InlineData("oixd", "the connection ends at byte 4")]
    public void A_peer_that_does_not_greet_is_told_of(string said, string told)
    {
        Assert.Contains(told, FailToOpen(new ScriptedPeer().Raw(said)).Message, StringComparison.Ordinal);
        StoreException serve = Assert.Throws<StoreException>(() => ServeConnection.Open(new ScriptedPeer().Raw(said).Ready(), Pool(), "ssh://pi"));
        Assert.Contains(told, serve.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_peer_said_on_the_side_is_told()
    {
        StoreException exception = FailToOpen(new ScriptedPeer { LastWords = "bash: nix-daemon: command not found" });
        Assert.Contains("It says: bash: nix-daemon: command not found", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x0110u, "1.16")]
    [InlineData(0x0226u, "2.38")]
    public void A_version_that_is_not_spoken_is_told(uint version, string told) =>
        Assert.Contains(told, FailToOpen(new ScriptedPeer().Number(0x6478696f).Number(version)).Message, StringComparison.Ordinal);

    [Fact]
    public void All_kinds_of_frames_are_passed_over()
    {
        using WorkerConnection connection = Open(peer =>
        {
            peer.Number(0x6f6c6d67).Text("a line");
            peer.Number(0x64617416).Text("data");
            peer.Number(0x53545254).Number(1).Number(2).Number(3).Text("building").Number(2).Number(0).Number(7).Number(1).Text("x").Number(0);
            peer.Number(0x52534c54).Number(1).Number(101).Number(1).Number(1).Text("log");
            peer.Number(0x53544f50).Number(1);
            peer.Number(Last).Number(0);
        });
        Assert.Equal([null], connection.Find([Path]));
    }

    [Fact]
    public void An_error_is_told_without_its_escapes() => AssertFails(
        peer => peer.Number(Error).Text("Error").Number(0).Text("Error").Text("\u001b[31;1merror:\u001b[0m no\u0007\nsuch path").Number(0).Number(1).Number(0).Text("trace"),
        "error: no such path");

    [Theory]
    [InlineData(0x6478_6370_7400_0000ul)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1ul << 40)]
    public void Lengths_beyond_reason_allocate_nothing(ulong length)
    {
        AssertFails(peer => peer.Number(Last).Number(1).Number(length), "beyond");
        AssertFails(peer => peer.Number(Last).Number(1).Text("").Text(new string('0', 64)).Number(length), "beyond");
        AssertFails(peer => peer.Number(0x6f6c6d67).Number(length), "beyond");
        AssertFails(peer => peer.Number(0x52534c54).Number(1).Number(1).Number(length), "beyond");
    }

    [Fact]
    public void What_is_no_answer_is_told()
    {
        AssertFails(peer => peer.Number(42), "0x2a at byte");
        AssertFails(peer => peer.Number(0x64617461).Number(8), "asks for data");
        AssertFails(peer => peer.Number(Last).Number(1).Text("").Text("no hash").Number(0).Number(0).Number(8).Number(0).Number(0).Text(""), "no hash");
        AssertFails(peer => peer.Number(Last).Number(1).Text("").Text(new string('0', 64)).Number(1).Text("/etc/passwd").Number(0).Number(8).Number(0).Number(0).Text(""), "/etc/passwd");
        AssertFails(peer => peer.Number(Last).Number(1).Text("abc").Raw("x"), "ends at byte");
        AssertFails(peer => peer.Number(Last).Number(1).Number(3).Raw("abcXXXXX"), "padding");
    }

    private static void AssertFails(Action<ScriptedPeer> script, string told)
    {
        using WorkerConnection connection = Open(script);
        Exception exception = Assert.ThrowsAny<Exception>(() => connection.Find([Path]));
        Assert.True(ClosureScan.Stores.Wire.PeerFailure.Is(exception), exception.ToString());
        Assert.Contains(told, connection.Explain(exception, "daemon").Message, StringComparison.Ordinal);
    }

    private static WorkerConnection Open(Action<ScriptedPeer> script)
    {
        ScriptedPeer peer = new();
        peer.Number(0x6478696f).Number(0x0126).Text("2.34.8").Number(1).Number(Last);
        script(peer);
        return WorkerConnection.Open(peer.Ready(), Pool(), "daemon");
    }

    private static StoreException FailToOpen(ScriptedPeer peer) => Assert.Throws<StoreException>(() => WorkerConnection.Open(peer.Ready(), Pool(), "daemon"));

    private static StorePathPool Pool() => new(StorePath.DefaultStoreDirectory);
}
