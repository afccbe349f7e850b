using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary><c>scan --deep</c>: what it finds beyond the references that Nix sees, what it says it left out, and its exit code.</summary>
public sealed class DeepScanTests : IDisposable
{
    private const string Suffix = "armv7l-unknown-linux-gnueabihf";
    private const string Image = $"11111111111111111111111111111111-image-{Suffix}-1";
    private const string App = $"22222222222222222222222222222222-app-{Suffix}-1";
    private const string Table = "33333333333333333333333333333333-table-1";
    private const string Gone = "44444444444444444444444444444444-gone-1";

    private readonly TemporaryTree _store = new();

    public DeepScanTests() => _store
        .File($"{Image}/links", $"/nix/store/{App} /nix/store/{Table}\n")
        .File($"{App}/bin/app", new ElfBuilder { Type = 2, Flags = 0x05000400 }.Build(), executable: true)
        .File($"{Table}/table", "1 2 3\n");

    [Fact]
    public void Clean_closure_exits_with_0_and_says_nothing_more()
    {
        Assert.Equal((0, Scan().Text), (Scan("--deep").ExitCode, Scan("--deep").Text));
    }

    [Fact]
    public void What_only_a_deep_scan_sees_is_a_finding_of_its_rule()
    {
        _store.File($"{App}/share/app.1.gz", GZip($"see /nix/store/{Table}/table\n"))
            .File($"{App}/share/run", $"#!/nix/store/{Gone}/bin/sh\n", executable: true)
            .File($"{App}/share/notes", "compiled in /build/source/src\n");

        // The interpreter that is gone shows without a deep scan, too.
        ToolRun shallow = Scan();
        Assert.Equal(1, shallow.ExitCode);
        Assert.Contains("dangling-interpreter", shallow.Text, StringComparison.Ordinal);
        ToolRun run = Scan("--deep", "--format", "json");
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal(
            [
                ("build-path", "bloats", App, "share/notes"),
                ("hidden-reference", "bloats", Table, "share/app.1.gz"),
                ("undeclared-reference", "breaks", Gone, "share/run"),
            ],
            json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => (
                finding.GetProperty("rule").GetString(), finding.GetProperty("effect").GetString(),
                (finding.TryGetProperty("to", out JsonElement to) ? to : finding.GetProperty("from")).GetString()!["/nix/store/".Length..], finding.GetProperty("occurrences")[0].GetProperty("file").GetString()))
                .Order());
        Assert.Equal(0, Scan("--deep", "--fail-on", "none").ExitCode);
    }

    [Fact]
    public void What_is_left_out_is_told_and_fails_nothing()
    {
        byte[] whole = GZip(string.Concat(Enumerable.Range(0, 20_000)));
        _store.File($"{App}/share/cut.gz", whole.AsSpan(0, whole.Length / 2))
            .File($"{App}/share/disk.qcow2", [.. "QFI"u8, 0xfb, .. new byte[60]])
            .File($"{App}/share/bomb.gz", GZip(new string('0', 90 * 1024 * 1024)))
            .File($"{App}/share/clean", $"was /nix/store/{new string('e', 32)}-gcc-13\n");

        ToolRun text = Scan("--deep");
        Assert.Equal(0, text.ExitCode);
        string flat = string.Join(' ', text.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Left out:", flat, StringComparison.Ordinal);
        Assert.Contains($"{App}: 1 file with contents in a format that is only known by name: not looked into (share/disk.qcow2)", flat, StringComparison.Ordinal);
        Assert.Contains("1 file (scrubbed-reference)", flat, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(Scan("--deep", "--format", "json").Output);
        JsonElement scanned = json.RootElement.GetProperty("scanned");
        Assert.True(scanned.GetProperty("complete").GetBoolean());
        Assert.Equal(
            [("container-closed", "share/disk.qcow2"), ("expansion-bounded", "share/bomb.gz"), ("compressed-damaged", "share/cut.gz")],
            scanned.GetProperty("remarks").EnumerateArray().Select(remark => (remark.GetProperty("kind").GetString(), Assert.Single(remark.GetProperty("examples").EnumerateArray()).GetString())));
        Assert.DoesNotContain("Left out:", Scan().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Scrubbed_reference_is_listed_in_json()
    {
        _store.File($"{App}/share/clean", $"was /nix/store/{new string('e', 32)}-gcc-13\n");

        using JsonDocument json = JsonDocument.Parse(Scan("--deep", "--format", "json").Output);
        JsonElement item = Assert.Single(json.RootElement.GetProperty("letThrough").EnumerateArray(), item => item.GetProperty("kind").GetString() == "scrubbed-reference");
        Assert.Equal(("/nix/store/" + App, "share/clean"), (item.GetProperty("path").GetString(), item.GetProperty("files")[0].GetString()));
    }

    public void Dispose() => _store.Dispose();

    private ToolRun Scan(params string[] options) => ClosureScanTool.Run(["scan", "--store", _store.Root, Image, .. options]);

    private static byte[] GZip(string text)
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.ASCII.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
