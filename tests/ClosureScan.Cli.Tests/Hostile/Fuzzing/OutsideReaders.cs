using System.IO.Compression;
using System.Text;
using ClosureScan.Testing;
using Microsoft.Data.Sqlite;

namespace ClosureScan.Cli.Tests.Hostile.Fuzzing;

/// <summary>Every reader of text and bytes from outside that a file reaches.</summary>
internal sealed class OutsideReaders
{
    private const string App = HostileSources.App;
    private const string Tool = HostileSources.Tool;

    private static readonly string[] Formats = ["text", "json", "sarif", "junit", "github", "gitlab", "markdown"];
    private static readonly string[] Sample = [LeakyCache.RootName, "--store", LeakyCache.Location];

    private readonly TemporaryTree _tree;
    private readonly byte[] _program = new ElfBuilder(is64: true) { Machine = 62, Flags = 0 }
        .Interpreter($"/nix/store/{Tool}/lib/ld.so").Dynamic(29, $"/nix/store/{Tool}/lib").Section(".rodata", 1, 2, [.. "\0"u8, .. Encoding.ASCII.GetBytes($"/nix/store/{Tool}/x"), 0]).Build();

    public OutsideReaders(TemporaryTree tree)
    {
        _tree = tree;
        WriteCache(Nar());
    }

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["report", "facts", "manifest", "policy", "baseline", "path-info", "registration", "nix-eval-jobs", "narinfo", "nix-cache-info", "database", "nar", "binary", "compressed", "build-log", "export", "ledger"];

    /// <summary>One of them.</summary>
    public OutsideReader Make(string name)
    {
        string file = _tree.PathOf("input");
        return name switch
        {
            "report" => OutsideReader.OfFile(name, "input.json", _tree, [Saved("json")],
                ["why", file + ".json", "*tool*"], ["size", file + ".json"], ["cut", file + ".json"], ["diff", _tree.PathOf("saved.json"), file + ".json"], ["what-if", file + ".json", "--drop", "*tool*", "--format", "json"]),
            "facts" => OutsideReader.OfFile(name, "input", _tree, [Saved("facts")], ["why", file, "*tool*"], ["scan", file], ["check", file, "--format", "markdown"]),
            "manifest" => OutsideReader.OfFile(name, "input", _tree, [Manifest()], ["compare", App, Tool, "--store", _tree.PathOf("cache"), "--baseline", file]),
            "policy" => OutsideReader.OfFile(name, "input", _tree, [File.ReadAllBytes(Repository.PathOf("samples/gate/closurescan.yaml")), "host: armv7l-linux\nallow:\n  - package: \"g*\"\n    reason: x\nforbid:\n  - target: \"*gcc*\"\n    reason: y\n"u8.ToArray()],
                [.. Formats.Select(format => (string[])["check", .. Sample, "--policy", file, "--format", format])]),
            "baseline" => OutsideReader.OfFile(name, "input", _tree, [Baseline()], ["check", .. Sample, "--strict", "--baseline", file], ["baseline", "check", .. Sample, "--baseline", file]),
            "path-info" => OutsideReader.OfFile(name, "input", _tree, [PathInfo(), Encoding.UTF8.GetBytes($$"""{"version": 2, "storeDir": "/nix/store", "info": {{Encoding.UTF8.GetString(PathInfo())}}}""")],
                ["size", App, "--store", $"path-info:{file}"], ["size", file, "--format", "dot"], ["scan", file, "--depth", "metadata"]),
            "registration" => OutsideReader.OfFile(name, "input", _tree, [Registration(), Graph()], ["size", App, "--store", $"registration:{file}"], ["size", file]),
            "nix-eval-jobs" => OutsideReader.OfFile(name, "input", _tree, [.. Lists()],
                [.. Formats.Select(format => (string[])["check", "--roots-from", file, "--store", _tree.PathOf("cache"), "--format", format])]),
            "narinfo" => OutsideReader.OfFile(name, $"cache/{App[..32]}.narinfo", _tree, [File.ReadAllBytes(_tree.PathOf($"cache/{App[..32]}.narinfo"))], CacheCalls()),
            "nix-cache-info" => OutsideReader.OfFile(name, "cache/nix-cache-info", _tree, ["StoreDir: /nix/store\nWantMassQuery: 1\nPriority: 40\n"u8.ToArray()], CacheCalls()),
            "database" => OutsideReader.OfFile(name, "root/nix/var/nix/db/db.sqlite", _tree, [Database()], ["size", $"/nix/store/{App}", "--store", $"local?root={_tree.PathOf("root")}"], ["scan", "*-app-*", "--store", $"local?root={_tree.PathOf("root")}"]),
            "nar" => new OutsideReader(name, [Nar()], input =>
            {
                WriteCache(input);
                string nar = _tree.PathOf($"cache/nar/{App[..32]}.nar");
                return [["nar", "ls", nar], ["nar", "verify", nar], ["refs", nar, "--format", "json"], .. CacheCalls()];
            }),
            "binary" => new OutsideReader(name, [_program, [.. "#!"u8, .. Encoding.ASCII.GetBytes($"/nix/store/{Tool}/bin/sh -e\n")], new ArchiveBuilder().Member("a.o/", _program).Build()], input =>
            {
                _tree.File($"store/{App}/bin/p", input, executable: true).File($"store/{Tool}/x", "x");
                return [["refs", _tree.PathOf($"store/{App}/bin/p")], ["scan", App, "--deep", "--store", _tree.PathOf("store"), "--format", "markdown"], ["scan", App, "--deep", "--store", _tree.PathOf("store")]];
            }),
            "compressed" => new OutsideReader(name, [.. Compressed().Select(item => item.Bytes)], input =>
            {
                _tree.File($"store/{App}/f", input).File($"store/{Tool}/x", "x");
                string[][] calls = [.. Compressed().Select(item =>
                {
                    _tree.File($"c.{item.Extension}", input);
                    return (string[])["refs", _tree.PathOf($"c.{item.Extension}")];
                })];
                return [.. calls, ["nar", "ls", _tree.PathOf("c.gz")], ["scan", App, "--deep", "--store", _tree.PathOf("store")]];
            }),
            "build-log" => OutsideReader.OfFile(name, "input", _tree, [File.ReadAllBytes(Repository.PathOf("samples/cross-native/cross.log")).Take(4000).ToArray()],
                ["compare", App, Tool, "--store", _tree.PathOf("cache"), "--log-cross", file, "--log-native", file]),
            "export" => OutsideReader.OfFile(name, "input", _tree, [Export()], ["scan", App, "--store", $"export:{file}"], ["size", App, "--store", $"export:{file}"], ["why", App, Tool, "--store", $"export:{file}", "--format", "json"]),
            "ledger" => OutsideReader.OfFile(name, "input.db", _tree, [Ledger()],
                ["fleet", "status", "--ledger", $"sqlite:{file}.db"], ["fleet", "query", "leaks", "--format", "csv", "--ledger", $"sqlite:{file}.db"], ["fleet", "query", "referrers", "tool", "--format", "markdown", "--ledger", $"sqlite:{file}.db"],
                ["fleet", "export", _tree.PathOf("exported"), "--ledger", $"sqlite:{file}.db"]),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No reader of that name."),
        };
    }

    private string[][] CacheCalls() =>
    [
        ["scan", App[..32], "--deep", "--store", _tree.PathOf("cache")], ["size", "*-app-*", "--store", _tree.PathOf("cache")],
        ["scan", App[..32], "--store", _tree.PathOf("cache"), "--format", "github"], ["check", App[..32], "--store", _tree.PathOf("cache"), "--format", "json"],
    ];

    private void WriteCache(byte[] nar) => new HostileCache(_tree, "cache").Add(App, nar, Tool).Add(Tool, new MemoryTree().File("bin/tool", _program, executable: true).ToNar());

    private byte[] Nar() => new MemoryTree().File("bin/p", $"#!/nix/store/{Tool}/bin/sh\n", executable: true).File("bin/q", _program, executable: true).Symlink("l", $"/nix/store/{Tool}/x").ToNar();

    private byte[] Saved(string format, params string[] more)
    {
        byte[] saved = ClosureScanTool.Run(["scan", App, "--store", _tree.PathOf("cache"), "--format", format, .. more]).Output.ToArray();
        _tree.File("saved.json", saved);
        return saved;
    }

    private byte[] Manifest()
    {
        ClosureScanTool.Run("compare", App, Tool, "--store", _tree.PathOf("cache"), "--manifest", _tree.PathOf("manifest"));
        return File.ReadAllBytes(_tree.PathOf("manifest"));
    }

    private byte[] Baseline()
    {
        ClosureScanTool.Run(["baseline", "write", .. Sample, "--force", "--baseline", _tree.PathOf("baseline")]);
        return File.ReadAllBytes(_tree.PathOf("baseline"));
    }

    /// <summary>What <c>nix-store --export</c> writes: of each path a one, its NAR, a magic, its name, its references, its deriver, and a zero; at last a zero.</summary>
    private byte[] Export()
    {
        byte[] tool = new MemoryTree().File("bin/tool", _program, executable: true).ToNar();
        return [.. Of(tool, Tool), .. Of(Nar(), App, Tool), .. HostilePeer.Number(0)];

        static byte[] Of(byte[] nar, string name, params string[] references) =>
        [
            .. HostilePeer.Number(1), .. nar, .. HostilePeer.Number(0x4558494e), .. HostilePeer.Words($"/nix/store/{name}"),
            .. HostilePeer.Number((ulong)references.Length), .. references.SelectMany(reference => HostilePeer.Words($"/nix/store/{reference}")), .. HostilePeer.Words(""), .. HostilePeer.Number(0),
        ];
    }

    private byte[] Ledger()
    {
        ClosureScanTool.Run("fleet", "run", "--cache", _tree.PathOf("cache"), "--ledger", $"sqlite:{_tree.PathOf("ledger.db")}", "--host", "armv7l-linux", "--quiet");
        return File.ReadAllBytes(_tree.PathOf("ledger.db"));
    }

    private static byte[] PathInfo() => Encoding.UTF8.GetBytes($$"""
        {"/nix/store/{{App}}": {"narHash": "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "narSize": 100, "deriver": "/nix/store/{{App}}.drv", "references": ["/nix/store/{{Tool}}"], "ca": null},
        "/nix/store/{{Tool}}": {"narSize": 5, "references": []} }
        """);

    private static byte[] Registration() => Encoding.UTF8.GetBytes(
        $"/nix/store/{App}\nsha256:{new string('0', 64)}\n100\n/nix/store/{App}.drv\n1\n/nix/store/{Tool}\n/nix/store/{Tool}\nsha256:{new string('0', 64)}\n5\n\n0\n");

    private static byte[] Graph() => Encoding.UTF8.GetBytes($"digraph G {{\n\"{App}\" [label = \"app\", shape = box];\n\"{Tool}\" -> \"{App}\" [color = \"red\"];\n\"{Tool}\" [label = \"tool\"];\n}}\n");

    private static IEnumerable<byte[]> Lists() => ((string[])
    [
        $$"""{"attr": "a", "error": "error: no"}{{"\n"}}{"attr": "b", "drvPath": "/nix/store/{{App}}.drv", "outputs": {"out": "/nix/store/{{App}}", "dev": null} }""",
        $$"""[{"drvPath": "/nix/store/{{App}}.drv", "outputs": {"out": "/nix/store/{{App}}"} }]""",
        $"/nix/store/{App}\n/nix/store/{Tool}\n",
    ]).Select(Encoding.UTF8.GetBytes);

    private byte[] Database()
    {
        string file = _tree.Directory("made").PathOf("made/db.sqlite");
        File.Delete(file);
        using (SqliteConnection connection = new($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"""
                create table ValidPaths(id integer primary key autoincrement not null, path text unique not null, hash text not null, registrationTime integer not null, deriver text, narSize integer, ultimate integer, sigs text, ca text);
                create table Refs(referrer integer not null, reference integer not null, primary key(referrer, reference));
                insert into ValidPaths(path, hash, registrationTime, deriver, narSize) values('/nix/store/{App}', 'sha256:{new string('0', 64)}', 1, '/nix/store/{App}.drv', 100), ('/nix/store/{Tool}', 'sha256:{new string('0', 64)}', 1, null, 100);
                insert into Refs values(1, 2);
                """;
            command.ExecuteNonQuery();
        }

        return File.ReadAllBytes(file);
    }

    private static IEnumerable<(string Extension, byte[] Bytes)> Compressed()
    {
        byte[] text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"see /nix/store/{Tool}/bin\n", 200)));
        yield return ("gz", Write(text, stream => new GZipStream(stream, CompressionLevel.Fastest)));
        yield return ("br", Write(text, stream => new BrotliStream(stream, CompressionLevel.Fastest)));

        // By xz 5.4, zstd 1.5, bzip2 1.0 and lzip 1.23, of "see /nix/store/11111111111111111111111111111111-tool-1.0/bin".
        yield return ("xz", Convert.FromBase64String(SmallXz));
        yield return ("zst", Convert.FromBase64String(SmallZst));
        yield return ("bz2", Convert.FromBase64String(SmallBz2));
        yield return ("lz", Convert.FromBase64String(SmallLz));
    }

    private static byte[] Write(byte[] contents, Func<Stream, Stream> open)
    {
        using MemoryStream compressed = new();
        using (Stream stream = open(compressed))
        {
            stream.Write(contents);
        }

        return compressed.ToArray();
    }

    private const string SmallXz = "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AA7ACNdADmZbEAvORxI3VDlbys0FlWNYz9I6vv0FEDkV4ixpth2JaPOAADG0sJQQa0+ggABPzyQ4zdXH7bzfQEAAAAABFla";
    private const string SmallZst = "KLUv/QRYHQEA6HNlZSAvbml4L3N0b3JlLzEtdG9vbC0xLjAvYmluAQAasARXbyBt";
    private const string SmallBz2 = "QlpoOTFBWSZTWQHZsDYAAA45gAAEQAPgABIlnEAgADFDTTAARNMGpoMjiURA1hgZaKPVz1PWbI1WYf4u5IpwoSADs2Bs";
    private const string SmallLz = "TFpJUAEMADmZbEAvORxI3VDlbys0FlWNYz9I6vv0FEDkV4ixpth3iin2n/9mLAAAsinULDwAAAAAAAAARAAAAAAAAAA=";
}
