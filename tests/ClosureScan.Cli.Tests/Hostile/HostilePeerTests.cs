using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Hostile;

/// <summary>What servers say of themselves reaches no terminal raw: lines of status, places to go to, fields, errors, and what is no protocol at all.</summary>
[Trait(Tier.Name, Tier.Laws)]
public sealed class HostilePeerTests : IDisposable
{
    private const string Line = HostileText.Line;
    private const string App = HostileSources.App;

    private readonly TemporaryTree _tree = new();

    public static TheoryData<string> Answers => [.. Said.Keys];

    private static Dictionary<string, Func<string, string>> Said { get; } = new()
    {
        ["another status"] = _ => $"HTTP/1.1 500 {Line.Replace('\r', ' ')}\r\nContent-Length: 0\r\n\r\n",
        ["a body to an error"] = _ => Answer("403 Forbidden", HostileText.Text),
        ["another place"] = _ => $"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/{Line.Replace('\r', ' ')}\r\nContent-Length: 0\r\n\r\n",
        ["an encoding"] = _ => $"HTTP/1.1 200 OK\r\nContent-Encoding: {Line.Replace('\r', ' ')}\r\nContent-Length: 1\r\n\r\nx",
        ["a cache's file"] = _ => Answer("200 OK", $"StoreDir: {Line}\n"),
        ["fields"] = request => Answer("200 OK", request.Contains("nix-cache-info", StringComparison.Ordinal) ? "StoreDir: /nix/store\n"
            : $"StorePath: /nix/store/{App}\nURL: {Line}\nCompression: {Line}\nNarHash: {Line}\nNarSize: {Line}\nReferences: {Line}\nSig: {Line}\n"),
        ["a key"] = request => Answer("200 OK", request.Contains("nix-cache-info", StringComparison.Ordinal) ? "StoreDir: /nix/store\n" : $"{Line}: x\n"),
        ["an address of contents"] = request => Answer(request.Contains("nar/", StringComparison.Ordinal) ? "404 Not Found" : "200 OK", request.Contains("nix-cache-info", StringComparison.Ordinal) ? "StoreDir: /nix/store\n"
            : $"StorePath: /nix/store/{App}\nURL: nar/{Line}\nCompression: none\nNarHash: sha256:{new string('0', 64)}\nNarSize: 1\nReferences:\n"),
        ["no protocol"] = _ => HostileText.Text,
    };

    public void Dispose() => _tree.Dispose();

    [Theory]
    [MemberData(nameof(Answers))]
    public void Server_that_says_hostile_text_is_told_of_without_it(string what)
    {
        using HostilePeer peer = HostilePeer.OfNetwork(Said[what]);
        foreach (string format in (string[])["text", "github", "json"])
        {
            string[] call = ["scan", App, "--store", $"http://127.0.0.1:{peer.Port}?retry-attempts=1&stalled-download-timeout=5", "--no-check-sigs", "--format", format];
            ToolRun run = ClosureScanTool.Run(call);

            Assert.InRange(run.ExitCode, 2, 4);
            Assert.Null(Outcome.FaultOf(run, call));
            Assert.True(what is not ("a cache's file" or "no protocol") || (run.Text + run.Error).Contains("\\x1b", StringComparison.OrdinalIgnoreCase), run.Error);
        }
    }

    [Fact]
    public void Daemon_that_says_hostile_text_is_told_of_without_it()
    {
        const ulong Magic = 0x6478696f, Version = 0x0123, Error = 0x63787470;
        byte[][] said =
        [
            System.Text.Encoding.UTF8.GetBytes(HostileText.Text),
            [.. HostilePeer.Number(Magic), .. HostilePeer.Number(Version), .. HostilePeer.Words(HostileText.Text), .. HostilePeer.Number(0), .. HostilePeer.Number(Error),
                .. HostilePeer.Words("Error"), .. HostilePeer.Number(0), .. HostilePeer.Words("Error"), .. HostilePeer.Words(HostileText.Text), .. HostilePeer.Number(0), .. HostilePeer.Number(0)],
        ];
        for (int index = 0; index < said.Length; index++)
        {
            string socket = _tree.PathOf($"s{index}");
            using HostilePeer peer = HostilePeer.OfUnix(socket, said[index]);
            string[] call = ["scan", $"/nix/store/{App}", "--store", $"unix://{socket}"];
            ToolRun run = ClosureScanTool.Run(call);

            Assert.Equal(3, run.ExitCode);
            Assert.Null(Outcome.FaultOf(run, call));
            Assert.Contains("::error::p", run.Error, StringComparison.Ordinal);
        }
    }

    private static string Answer(string status, string body) => $"HTTP/1.1 {status}\r\nContent-Length: {System.Text.Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";
}
