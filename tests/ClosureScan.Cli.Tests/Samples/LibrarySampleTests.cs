using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Reports;
using ClosureScan.Analysis.Rules;
using ClosureScan.Samples;
using ClosureScan.Stores;
using ClosureScan.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosureScan.Cli.Tests.Samples;

/// <summary>What lies in samples/library does what it says.</summary>
public sealed class LibrarySampleTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Paths_and_hashes_are_found_in_any_bytes()
    {
        string bash = LeakyCache.Find(LeakyCache.BuildBash).ToString();
        using TemporaryTree tree = new TemporaryTree().File("start", $"#!{bash}/bin/bash\n");

        string text = await Output(output => Bytes.RunAsync(tree.PathOf("start"), output, Stop));

        Assert.Equal($"{bash} spelled out at byte 13\n{bash[11..43]} at byte 13\n", text);
    }

    [Fact]
    public async Task An_archive_is_walked_and_what_nobody_reads_is_skipped()
    {
        byte[] nar = new MemoryTree().File("a", [.. "\u007fELF"u8, .. new byte[100_000]]).File("b", "x"u8.ToArray()).Symlink("c", "a").ToNar();
        using TemporaryTree tree = new TemporaryTree().File("x.nar", nar);

        Assert.Equal("a 100004 bytes, ELF\nb 1 bytes\nc -> a\n", await Output(output => WalkNar.RunAsync(tree.PathOf("x.nar"), output, Stop)));
    }

    [Fact]
    public async Task A_store_of_three_members_is_scanned_and_judged()
    {
        string text = await Output(output => OwnStore.RunAsync(output, Stop));

        Assert.StartsWith("host armv7l-linux, 1 file, ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_of_ones_own_is_looked_for() =>
        Assert.Contains(
            $"shadow-{LeakyCache.Host}-4.14.6 -> coreutils-9.4: bin/nologin\n",
            await Output(output => OwnRule.RunAsync(LeakyCache.Location, LeakyCache.RootName, output, Stop)),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_rule_of_ones_own_is_known_to_policies_baselines_and_every_report()
    {
        RuleSet rules = RuleSet.Default.Add(new OwnRule());
        await using IStore store = await Store.OpenAsync(LeakyCache.Location, Stop);
        ClosureReport report = await Closure.ScanAsync(store, LeakyCache.RootName, analysis: new AnalysisOptions { Rules = rules }, cancellationToken: Stop);
        int found = report.Findings.Count(finding => finding.Rule == "foreign-link");
        Assert.InRange(found, 1, 10);

        PolicyVerdict Judge(string policy, Baseline? baseline = null) =>
            PolicyJudge.Judge(report, ClosurePolicy.Read(new StringReader(policy), "closurescan.yaml", rules), new PolicyOptions { Baseline = baseline });
        Assert.All(Judge("rules: {foreign-link: error}").Failing.Where(finding => finding.Rule == "foreign-link"), finding => Assert.Equal(Severity.Error, finding.Severity));
        Assert.Equal(found, Judge("rules: {foreign-link: error}").Failing.Count(finding => finding.Rule == "foreign-link"));
        Assert.Equal(found, Judge("allow: [{rule: foreign-link, package: '*', reason: mine}]").Accepted.Count());
        PolicyVerdict known = Judge("rules: {foreign-link: error}", Judge("rules: {foreign-link: error}").ToBaseline());
        Assert.Equal(VerdictOutcome.Passed, known.Outcome);

        Assert.All(ReportFormat.All, format =>
        {
            using MemoryStream output = new();
            format.Write(Judge("rules: {foreign-link: error}"), output, "1.0");
            Assert.True(System.Text.Encoding.UTF8.GetString(output.ToArray()).Contains("foreign-link", StringComparison.Ordinal) || format.Name == "facts", format.Name);
        });
    }

    [Fact]
    public async Task A_report_of_ones_own_is_written_by_generated_code()
    {
        string text = await Output(output => OwnReport.RunAsync(LeakyCache.Location, LeakyCache.RootName, output, Stop));

        ReportLine[] lines = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize(line, ReportLineContext.Default.ReportLine)!)];
        Assert.Contains(lines, line => line.File == "bin/curl-config" && line.Mechanism == ClosureScan.Evidence.Mechanism.ConfigScript);
        Assert.Contains("\"effect\":\"breaks\"", text, StringComparison.Ordinal);
        Assert.Contains("\"mechanism\":\"config-script\"", text, StringComparison.Ordinal);
        Assert.Contains("\"host\":\"armv7l-linux\"", text, StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal("/nix/store", line.From.StoreDirectory));
    }

    [Fact]
    public async Task Progress_reaches_the_whole_and_an_unknown_root_is_told_by_its_kind()
    {
        Assert.StartsWith("23 of 23 paths read", await Output(output => ProgressAndCancel.RunAsync(LeakyCache.Location, LeakyCache.RootName, output, Stop)), StringComparison.Ordinal);
        Assert.Contains("matches nothing", await Output(output => ProgressAndCancel.RunAsync(LeakyCache.Location, "nothing-*", output, Stop)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_sees_what_its_scans_do()
    {
        string[] lines = (await Output(output => Observe.RunAsync(LeakyCache.Location, LeakyCache.RootName, NullLogger.Instance, output, Stop))).Split('\n');

        Assert.Equal("7 findings", lines[0]);

        // Other tests may scan at the same time.
        Assert.True(int.Parse(lines[1].Split(' ')[0], CultureInfo.InvariantCulture) >= 23, lines[1]);
    }

    [Fact]
    public async Task Algorithms_of_QuikGraph_run_on_a_closure() =>
        Assert.StartsWith($"23 paths from pi-image-{LeakyCache.Host}-1.0 to ", await Output(output => QuikGraphOnAClosure.RunAsync(LeakyCache.Location, LeakyCache.RootName, output, Stop)), StringComparison.Ordinal);

    [Fact]
    public async Task A_closure_is_asked_for_chains_edits_and_what_they_free()
    {
        string[] lines = (await Output(output => Questions.RunAsync(LeakyCache.Location, LeakyCache.RootName, output, Stop))).Split('\n');

        Assert.StartsWith("7 edits free ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"pi-image-{LeakyCache.Host}-1.0 -> ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("the first edit frees ", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_with_a_NAR_is_answered_with_its_findings()
    {
        byte[] nar = new MemoryTree().File("bin/tool", new ElfBuilder(is64: true) { Machine = 62 }.Interpreter("/nix/store/qw54prpx78x1n997ay2in473wjhwmcfq-glibc-2.38-44/lib/ld-linux-x86-64.so.2").Build(), executable: true).ToNar();
        await using WebApplication server = await StartAsync();
        using HttpClient client = Client(server);

        using HttpResponseMessage response = await client.PostAsync("/scan?host=armv7l-linux", new ByteArrayContent(nar), Stop);
        string body = await response.Content.ReadAsStringAsync(Stop);

        Assert.True(response.StatusCode == HttpStatusCode.OK, body);
        using JsonDocument report = JsonDocument.Parse(body);
        string[] rules = [.. report.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("rule").GetString()!)];
        Assert.Contains("foreign-binary", rules);
        Assert.DoesNotContain("undeclared-reference", rules);

        // The same, compressed.
        using MemoryStream compressed = new();
        await using (GZipStream gzip = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(nar, Stop);
        }

        using HttpResponseMessage again = await client.PostAsync("/scan?host=armv7l-linux", new ByteArrayContent(compressed.ToArray()), Stop);
        Assert.Equal(body, await again.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task A_request_with_something_else_is_answered_with_what_is_wrong()
    {
        await using WebApplication server = await StartAsync();
        using HttpClient client = Client(server);

        using HttpResponseMessage response = await client.PostAsync("/scan", new StringContent("hello"), Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("at byte 0 of the NAR", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync()
    {
        WebApplication server = NarOverHttp.Build("--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=None");
        await server.StartAsync(Stop);
        return server;
    }

    private static HttpClient Client(WebApplication server) =>
        new() { BaseAddress = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };

    private static async Task<string> Output(Func<TextWriter, Task> run)
    {
        using StringWriter output = new() { NewLine = "\n" };
        await run(output);
        return output.ToString();
    }
}
