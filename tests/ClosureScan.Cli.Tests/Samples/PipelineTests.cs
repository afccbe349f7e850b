using System.Text.Json;
using System.Xml;
using ClosureScan.Testing;
using YamlDotNet.RepresentationModel;

namespace ClosureScan.Cli.Tests.Samples;

/// <summary>The pipelines of samples/gate, line by line, on a root that leaks and on one that does not.</summary>
[Trait(Tier.Name, Tier.Samples)]
public sealed class PipelineTests(GateImage image) : IClassFixture<GateImage>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GitHub_workflow_fails_on_a_leak_and_uploads_its_reports_in_any_case(bool leaks)
    {
        using Workplace workplace = Start(leaks);
        YamlMappingNode workflow = Load("github-workflow.yml");
        Yaml.AssertKeys(workflow, "name", "on", "permissions", "jobs");
        Yaml.AssertKeys(workflow.Mapping("permissions"), "contents", "security-events");
        YamlMappingNode job = workflow.Mapping("jobs").Mapping("check");
        Yaml.AssertKeys(job, "runs-on", "steps");

        bool failed = false;
        string log = "";
        string? uploaded = null;
        string? page = null;
        foreach (YamlMappingNode step in job.List("steps").Cast<YamlMappingNode>())
        {
            Yaml.AssertKeys(step, "name", "uses", "run", "if", "with");
            Assert.Contains(step.Text("if"), (string?[])[null, "always()"]);
            if (failed && step.Text("if") is null)
            {
                continue;
            }

            if (step.Text("run") is { } script)
            {
                ToolRun run = workplace.Run(script);
                failed |= run.ExitCode != 0;
                log += run.Text;
            }
            else if (step.Text("uses")!.StartsWith("actions/upload-artifact@", StringComparison.Ordinal))
            {
                page = File.ReadAllText(workplace.PathOf(step.Mapping("with").Text("path")!));
            }
            else if (step.Text("uses")!.StartsWith("github/codeql-action/upload-sarif@", StringComparison.Ordinal))
            {
                uploaded = File.ReadAllText(workplace.PathOf(step.Mapping("with").Text("sarif_file")!));
            }
        }

        Assert.Equal(leaks, failed);
        Assert.Contains("</html>", page, StringComparison.Ordinal);
        Assert.Equal(leaks, log.Contains("::error file=closure/gate-start/bin/start,line=1,title=foreign-interpreter", StringComparison.Ordinal));
        Assert.Contains(leaks ? "1 breaks on the host" : "No leak found", workplace.Summary, StringComparison.Ordinal);
        using JsonDocument sarif = JsonDocument.Parse(uploaded!);
        Assert.Equal(leaks ? 1 : 0, sarif.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
        Assert.Equal(["dotnet tool install --global ClosureScan.Tool", "nix build .#image"], workplace.Calls.Take(2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GitLab_job_fails_on_a_leak_and_keeps_its_reports_in_any_case(bool leaks)
    {
        using Workplace workplace = Start(leaks);
        YamlMappingNode job = Load("gitlab-ci.yml").Mapping("closure");
        Yaml.AssertKeys(job, "script", "artifacts");
        YamlMappingNode artifacts = job.Mapping("artifacts");
        Yaml.AssertKeys(artifacts, "when", "expose_as", "paths", "reports");
        Yaml.AssertKeys(artifacts.Mapping("reports"), "codequality", "junit");

        // As GitLab's runner does: the lines are one script.
        ToolRun run = workplace.Run(string.Join('\n', job.List("script").Select(line => ((YamlScalarNode)line).Value)));

        Assert.Equal(leaks ? 1 : 0, run.ExitCode);
        Assert.Equal("always", artifacts.Text("when"));
        using JsonDocument quality = JsonDocument.Parse(File.ReadAllBytes(workplace.PathOf(artifacts.Mapping("reports").Text("codequality")!)));
        Assert.Equal(leaks ? 1 : 0, quality.RootElement.GetArrayLength());
        Assert.Contains("</html>", File.ReadAllText(workplace.PathOf(((YamlScalarNode)Assert.Single(artifacts.List("paths"))).Value!)), StringComparison.Ordinal);
        XmlDocument junit = new();
        junit.Load(workplace.PathOf(artifacts.Mapping("reports").Text("junit")!));
        Assert.Equal(leaks ? "1" : "0", junit.DocumentElement!.GetAttribute("failures"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pre_commit_hook_stops_the_push_of_a_leak(bool leaks)
    {
        RequiredTool.Find("pre-commit");
        using Workplace workplace = Start(leaks);
        ToolRun installed = workplace.Run(
            $"""
            git init -q . && git init -q --bare ../remote
            git config user.name test && git config user.email test@localhost
            cp {Repository.PathOf("samples/gate/pre-commit-config.yaml")} .pre-commit-config.yaml
            git add closurescan.baseline .pre-commit-config.yaml && git commit -q -m one
            pre-commit validate-config .pre-commit-config.yaml
            pre-commit install --hook-type pre-push
            nix build .#image
            """);
        Assert.True(installed.ExitCode == 0, installed.Text + installed.Error);

        ToolRun push = workplace.Run("git push -q ../remote HEAD:refs/heads/main");

        Assert.Equal(!leaks, push.ExitCode == 0);
        Assert.Contains(leaks ? "Failed" : "Passed", push.Text + push.Error, StringComparison.Ordinal);
        Assert.Equal(leaks, (push.Text + push.Error).Contains("bin/start:1", StringComparison.Ordinal));
        Assert.Equal(leaks ? "" : "refs/heads/main", workplace.Run("git --git-dir ../remote for-each-ref --format='%(refname)'").Text.Trim());
    }

    private static YamlMappingNode Load(string file) => Yaml.Load(Repository.PathOf($"samples/gate/{file}"));

    private Workplace Start(bool leaks) => new(image, leaks ? image.Leaky : image.Clean);
}
