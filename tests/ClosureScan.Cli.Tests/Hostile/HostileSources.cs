using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClosureScan.Testing;
using Microsoft.Data.Sqlite;

namespace ClosureScan.Cli.Tests.Hostile;

/// <summary>Everything that the tool reads, with hostile text in one field after the other, and the calls that read it.</summary>
internal sealed class HostileSources(TemporaryTree tree)
{
    /// <summary>A cross-built package whose files are hostile.</summary>
    public const string App = "00000000000000000000000000000000-app-armv7l-unknown-linux-gnueabihf-1.0";

    /// <summary>What it refers to: a program of the build machine.</summary>
    public const string Tool = "11111111111111111111111111111111-tool-1.0";

    private static readonly string Target = $"/nix/store/{Tool}";

    private static readonly string[] ReportFormats = ["text", "json", "sarif", "sarif-full", "junit", "github", "gitlab", "markdown", "html"];

    /// <summary>Calls that read files with hostile names and contents, from a cache and from a directory.</summary>
    public IEnumerable<string[]> OfContents()
    {
        string cache = MakeCache();
        string store = MakeDirectory();
        foreach (string uri in (string[])[cache, store])
        {
            string[] source = ["--store", uri];
            foreach (string format in ReportFormats)
            {
                yield return ["scan", App, "--deep", "--format", format, .. source];
                yield return ["check", App, "--format", format, .. source];
            }

            yield return ["scan", App, "--all-files", .. source];
            yield return ["why", App, Tool, .. source];
            yield return ["why", App, Tool, "--all", "--format", "json", .. source];
            foreach (string format in (string[])["text", "json", "csv", "tsv", "dot", "graphml"])
            {
                yield return ["size", App, "--format", format, .. source];
            }

            yield return ["size", App, "--splits", .. source];
            foreach (string format in (string[])["text", "json", "dot"])
            {
                yield return ["cut", App, "--format", format, .. source];
            }

            yield return ["what-if", App, "--drop", Tool, .. source];
            yield return ["what-if", App, "--drop", Tool, "--format", "json", .. source];
            yield return ["diff", App, Tool, .. source];
            yield return ["diff", Tool, App, "--format", "json", .. source];
            foreach (string format in (string[])["text", "json", "markdown", "sarif"])
            {
                yield return ["compare", App, Tool, "--format", format, .. source];
            }

            yield return ["explore", App, .. source];
            yield return ["policy", "init", App, "--force", "--policy", tree.PathOf("drafted"), .. source];
            yield return ["policy", "check", tree.PathOf("drafted")];
            yield return ["check", App, "--policy", tree.PathOf("drafted"), .. source];

            yield return ["baseline", "write", App, "--force", "--baseline", tree.PathOf("written"), .. source];
            yield return ["baseline", "check", App, "--baseline", tree.PathOf("written"), .. source];
            yield return ["check", App, "--baseline", tree.PathOf("written"), "--format", "markdown", .. source];
        }

        string nar = $"{cache}/nar/{App[..32]}.nar";
        yield return ["refs", nar];
        yield return ["refs", nar, "--format", "json"];
        yield return ["nar", "ls", nar];
        yield return ["nar", "ls", nar, "--format", "json"];
        yield return ["nar", "verify", nar];
        yield return ["nar", "cat", nar, HostileText.Name];
    }

    /// <summary>Calls that read metadata and configuration with a hostile field.</summary>
    public IEnumerable<string[]> OfFields() =>
        [.. OfNarInfo(), .. OfLists(), .. OfDatabases(), .. OfPolicies(), .. OfReports(), .. OfArguments()];

    private IEnumerable<string[]> OfNarInfo()
    {
        string folder = MakeCache();
        string file = $"{folder}/{App[..32]}.narinfo";
        string[] lines = [.. File.ReadAllLines(file).Where(line => line.Length > 0), $"Deriver: {App}.drv", "Sig: k:AAAA", "System: armv7l-linux", "CA: fixed:r:sha256:0"];
        for (int index = 0; index < lines.Length; index++)
        {
            string[] hostile = [.. lines];
            hostile[index] = $"{lines[index].Split(':')[0]}: {HostileText.Line}";
            string other = WriteCache(folder, $"narinfo-{index}", hostile);
            yield return ["scan", App, "--store", other];
            yield return ["scan", App, "--store", other, "--format", "github"];
            yield return ["check", App, "--store", other, "--format", "markdown"];
        }

        yield return ["scan", App, "--store", WriteCache(folder, "narinfo-key", [.. lines, $"{HostileText.Line}: x"])];
        tree.File("cache-info/nix-cache-info", $"StoreDir: {HostileText.Line}\n");
        yield return ["scan", App, "--store", tree.PathOf("cache-info")];
    }

    private IEnumerable<string[]> OfLists()
    {
        int number = 0;
        string[] lists =
        [
            $$"""{"attr": {{HostileText.Json}}, "error": {{HostileText.Json}}}""",
            $$"""{"attr": {{HostileText.Json}}, "outputs": {"out": "/nix/store/{{App}}"} }""",
            $$"""{"attr": "a", "outputs": { {{HostileText.Json}}: "/nix/store/{{App}}"} }""",
            $$"""{"attr": "a", "outputs": {"out": {{HostileText.Json}} } }""",
            $$"""[{"drvPath": {{HostileText.Json}}, "outputs": {"out": {{HostileText.Json}} } }]""",
            HostileText.Line,
            $"/nix/store/{App}\n{HostileText.Line}\n",
        ];
        string cache = MakeCache();
        foreach (string list in lists)
        {
            tree.File($"list-{number}", list);
            foreach (string format in (string[])["text", "github", "markdown", "json", "junit"])
            {
                yield return ["check", "--roots-from", tree.PathOf($"list-{number}"), "--store", cache, "--format", format];
            }

            number++;
        }

        string path = $$"""{"/nix/store/{{App}}": {"narHash": "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "narSize": 1, "deriver": "d", "references": ["r"], "signatures": ["s"], "ca": "c"} }""";
        string[] values = [$"\"/nix/store/{App}\"", "\"sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"", "\"d\"", "\"r\"", "\"s\"", "\"c\"", "1", "\"narSize\""];
        foreach (string value in values)
        {
            tree.File($"paths-{number}.json", path.Replace(value, HostileText.Json, StringComparison.Ordinal));
            yield return ["size", App, "--store", $"path-info:{tree.PathOf($"paths-{number++}.json")}"];
        }

        string[] registration = [$"/nix/store/{App}", $"sha256:{new string('0', 64)}", "100", $"/nix/store/{App}.drv", "1", Target];
        for (int index = 0; index < registration.Length; index++)
        {
            string[] hostile = [.. registration];
            hostile[index] = HostileText.Line;
            tree.File($"registration-{index}", string.Join('\n', hostile) + "\n");
            yield return ["size", App, "--store", $"registration:{tree.PathOf($"registration-{index}")}"];
        }
    }

    /// <summary>A Nix database, a column of it hostile in its turn.</summary>
    private IEnumerable<string[]> OfDatabases()
    {
        string[] columns = ["path", "hash", "registrationTime", "deriver", "narSize", "ultimate", "sigs", "ca"];
        foreach (string column in columns)
        {
            string root = tree.PathOf($"root-{column}");
            string file = tree.Directory($"root-{column}/nix/store/{App}").Directory($"root-{column}/nix/var/nix/db").PathOf($"root-{column}/nix/var/nix/db/db.sqlite");
            using (SqliteConnection connection = new($"Data Source={file};Pooling=False"))
            {
                connection.Open();
                using SqliteCommand command = connection.CreateCommand();
                command.CommandText = $"""
                    create table ValidPaths(id integer primary key, path text, hash text, registrationTime integer, deriver text, narSize integer, ultimate integer, sigs text, ca text);
                    create table Refs(referrer integer, reference integer);
                    insert into ValidPaths values(1, '/nix/store/{App}', 'sha256:{new string('0', 64)}', 1, null, 1, 0, null, null), (2, '{Target}', 'sha256:{new string('0', 64)}', 1, null, 1, 0, null, null);
                    insert into Refs values(1, 2);
                    update ValidPaths set {column} = $text where id = 2;
                    """;
                command.Parameters.AddWithValue("$text", HostileText.Text);
                command.ExecuteNonQuery();
            }

            yield return ["scan", $"/nix/store/{App}", "--store", $"local?root={root}"];
            yield return ["scan", $"/nix/store/{App}", "--store", $"local?root={root}", "--format", "github"];
            yield return ["size", "*app*", "--store", $"local?root={root}"];
        }
    }

    private IEnumerable<string[]> OfPolicies()
    {
        string cache = MakeCache();
        string yaml = HostileText.Json;
        string[] policies =
        [
            $"{yaml}: 1\n", $"host: {yaml}\n", $"fail-on: {yaml}\n", $"rules:\n  {yaml}: off\n", $"rules:\n  foreign-binary: {yaml}\n", $"baseline: {yaml}\n",
            $"allow:\n  - package: {yaml}\n    reason: {yaml}\n", $"allow:\n  - file: {yaml}\n    reason: x\n", $"allow:\n  - package: \"*\"\n    reason: {yaml}\n    expires: 2000-01-01\n",
            $"allow:\n  - package: \"*\"\n    reason: {yaml}\n", $"allow:\n  - package: \"*\"\n    reason: x\n    expires: {yaml}\n", $"allow:\n  - package: \"*\"\n    {yaml}: x\n",
            $"forbid:\n  - target: \"*tool*\"\n    reason: {yaml}\n", $"forbid:\n  - preset: {yaml}\n    reason: x\n", $"budgets:\n  - root: {yaml}\n    max: 1 MiB\n",
            $"budgets:\n  - root: \"*\"\n    max: {yaml}\n", $"budgets:\n  - root: \"*\"\n    growth: {yaml}\n", HostileText.Line, "a: [\u001b[31m", "a: !<\u001b[31m> x", "? \u202e",
        ];
        for (int index = 0; index < policies.Length; index++)
        {
            tree.File($"policy-{index}.yaml", policies[index]);
            foreach (string format in (string[])["text", "github", "markdown", "junit", "sarif-full"])
            {
                yield return ["check", App, "--store", cache, "--strict", "--policy", tree.PathOf($"policy-{index}.yaml"), "--format", format];
            }

            yield return ["policy", "check", tree.PathOf($"policy-{index}.yaml")];
        }

        tree.File("baseline", $"closurescan-baseline/2\n{HostileText.Line}\nforeign-binary {HostileText.Line.Replace(' ', '_')} f {HostileText.Line.Replace(' ', '_')} - bloats\n");
        yield return ["check", App, "--store", cache, "--strict", "--baseline", tree.PathOf("baseline")];
        tree.File("baseline-1", HostileText.Line);
        yield return ["baseline", "check", App, "--store", cache, "--baseline", tree.PathOf("baseline-1")];
    }

    /// <summary>A saved report in which every member that is text is hostile in its turn.</summary>
    private IEnumerable<string[]> OfReports()
    {
        byte[] saved = ClosureScanTool.Run("scan", App, "--store", MakeCache(), "--format", "json").Output.ToArray();
        tree.File("saved.json", saved);
        string[] members = [.. Members(JsonNode.Parse(saved)!).Distinct()];
        for (int index = 0; index < members.Length; index++)
        {
            string file = tree.PathOf($"report-{index}.json");
            JsonNode report = JsonNode.Parse(saved)!;
            Fill(report, members[index]);
            File.WriteAllText(file, report.ToJsonString());
            yield return ["why", file, "*tool*"];
            yield return ["cut", file];
            yield return ["size", file];
            yield return ["diff", tree.PathOf("saved.json"), file];
            yield return ["diff", file, tree.PathOf("saved.json"), "--format", "json"];
            yield return ["what-if", file, "--drop", "*tool*"];
            yield return ["compare", file, file, "--format", "markdown"];
        }

        tree.File("half.json", Encoding.UTF8.GetString(saved).Replace("\"effect\":\"", $"\"effect\":\"{HostileText.HalfPair}", StringComparison.Ordinal));
        yield return ["why", tree.PathOf("half.json"), "*tool*"];
    }

    private IEnumerable<string[]> OfArguments()
    {
        string cache = MakeCache();
        string text = HostileText.Text;

        // A number sign makes an installable of a ROOT: then nix speaks to the terminal, not the tool.
        string root = text.Replace('#', '+');
        yield return [text];
        yield return ["scan", root, "--store", cache];
        yield return ["scan", App, "--store", text];
        yield return ["scan", App, "--store", $"https://{text}"];
        yield return ["scan", App, "--store", $"export:{text}"];
        yield return ["scan", App, "--store", cache, "--host", text];
        yield return ["scan", App, "--store", cache, "--format", text];
        yield return ["scan", App, "--store", cache, "--report", $"json=/no/such/{text}"];
        yield return ["scan", App, "--store", cache, "--report", text];
        yield return ["scan", App, "--store", cache, "-o", $"/no/such/{text}"];
        yield return ["scan", App, "--store", cache, $"--{text}"];
        yield return ["scan", App, "--store", cache, "--jobs", text];
        yield return ["check", App, "--store", cache, "--policy", text];
        yield return ["check", App, "--store", cache, "--baseline", text];
        yield return ["check", "--roots-from", text, "--store", cache];
        yield return ["why", App, root, "--store", cache];
        yield return ["cut", App, "--target", text, "--store", cache];
        yield return ["what-if", App, "--drop", text, "--store", cache];
        yield return ["what-if", App, "--split", $"{App}:{text}", "--store", cache];
        yield return ["compare", App, Tool, "--log-cross", text, "--store", cache];
        yield return ["explain", text];
        yield return ["refs", text];
        yield return ["nar", "ls", text];
        yield return ["nar", "cat", $"{cache}/nar/{App[..32]}.nar", text];
        yield return ["nar", "verify", $"{cache}/nar/{App[..32]}.nar", "--hash", text];
        yield return ["completion", text];
    }

    private static IEnumerable<string> Members(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => (string[])[member.Key, .. member.Value is null ? [] : Members(member.Value)]),
        JsonArray items => items.SelectMany(item => item is null ? [] : Members(item)),
        _ => [],
    };

    private static void Fill(JsonNode? node, string name)
    {
        if (node is JsonObject members)
        {
            foreach (string key in members.Select(member => member.Key).ToArray())
            {
                Fill(members[key], name);
                if (key == name)
                {
                    members[key] = members[key] is JsonArray ? new JsonArray(HostileText.Text) : HostileText.Text;
                }
            }
        }
        else if (node is JsonArray items)
        {
            foreach (JsonNode? item in items)
            {
                Fill(item, name);
            }
        }
    }

    private string WriteCache(string folder, string name, IEnumerable<string> narInfo)
    {
        tree.File($"{name}/nix-cache-info", "StoreDir: /nix/store\n").File($"{name}/{App[..32]}.narinfo", string.Join('\n', narInfo) + "\n");
        string copy = tree.PathOf(name);
        File.Copy($"{folder}/{Tool[..32]}.narinfo", $"{copy}/{Tool[..32]}.narinfo", overwrite: true);
        if (!Directory.Exists($"{copy}/nar"))
        {
            Directory.CreateSymbolicLink($"{copy}/nar", $"{folder}/nar");
        }

        return copy;
    }

    /// <summary>A cache with hostile files.</summary>
    public string MakeCache()
    {
        string folder = tree.PathOf("cache");
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            HostileCache cache = new(tree, "cache");
            cache.Add(App, new NarBuilder().Magic().Directory(AppendEntries).ToArray(), Tool);
            cache.Add(Tool, new MemoryTree().File("bin/tool", Program(), executable: true).ToNar());
        }

        return folder;
    }

    private static void AppendEntries(NarBuilder root)
    {
        // In the order of their bytes; the last name is no UTF-8.
        root.Entry("a", node => node.File(Zip()))
            .Entry("bin", node => node.Directory(bin => bin.Entry(HostileText.Name, file => file.File(Program(), executable: true))))
            .Entry(HostileText.Name, node => node.Directory(inner => inner
                .Entry(HostileText.Name, file => file.File($"#!{Target}/bin/{HostileText.Line}\n", executable: true))
                .Entry(HostileText.Name + "2", link => link.Symlink($"{Target}/{HostileText.Text}"))
                .Entry(HostileText.Name + "3.pc", file => file.File($"Name: x\nLibs: {HostileText.Line}-L{Target}/lib{HostileText.Line}\n"))))
            .Entry([.. "f\u001b[2J"u8, 0xff, 0xc0], node => node.File($"{HostileText.Text}{Target}/{HostileText.Text}"));
    }

    private string MakeDirectory()
    {
        if (!Directory.Exists(tree.PathOf("store")))
        {
            tree.File($"store/{App}/bin/{HostileText.Name}", Program(), executable: true)
                .File($"store/{App}/{HostileText.Name}/config", $"CC='{Target}/bin/cc {HostileText.Text}'\n")
                .Symlink($"store/{App}/{HostileText.Name}/link", $"{Target}/{HostileText.Text}")
                .Symlink($"store/{App}/self", HostileText.Text)
                .File($"store/{Tool}/bin/tool", Program(), executable: true);
            ToolRun.Execute(RequiredTool.Find("mkfifo"), [tree.PathOf($"store/{App}/{HostileText.Name}/pipe{HostileText.Name[..40]}")]);
        }

        return tree.PathOf("store");
    }

    private static byte[] Program() => new ElfBuilder(is64: true) { Machine = 62, Flags = 0 }
        .Interpreter($"{Target}/lib/{HostileText.Line}").Dynamic(29, $"{Target}/lib/{HostileText.Line}").Dynamic(1, HostileText.Line)
        .Section(".ro\u001b[31m", 1, 2, Encoding.UTF8.GetBytes($"\0{HostileText.Line}{Target}/x{HostileText.Line}\0")).Build();

    private static byte[] Zip()
    {
        using MemoryStream bytes = new();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create))
        {
            using Stream member = archive.CreateEntry(HostileText.Name).Open();
            member.Write(Program());
        }

        return bytes.ToArray();
    }
}
