using System.Text;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Testing;
using CsCheck;

namespace ClosureScan.Analysis.Tests.Policy;

public sealed class PolicyReaderTests
{
    private const string Everything = """
        host: armv7l-linux
        build: x86_64-linux
        fail-on: breaks
        rules:
          build-path: off
          hidden-reference: warn
        catalogue:
          firmware: off
          dev-output: true
        allow:
          - rule: foreign-reference
            package: curl
            file: bin/*-config
            target: "*-gcc-wrapper*"
            reason: curl-config is a developer's tool
            expires: 2027-01-31
        forbid:
          - target: "*-dev"
            package: "pi-*"
            reason: headers are no use on the device
        budgets:
          - root: pi-image
            max: 300 MiB
            growth: 5%
        """;

    [Fact]
    public void A_policy_with_everything_is_read_as_written()
    {
        ClosurePolicy policy = Sample.Policy(Everything);

        Assert.Equal("armv7l-linux", policy.Host?.System);
        Assert.Equal("x86_64-linux", policy.Build?.System);
        Assert.Equal(FailureThreshold.Breaks, policy.FailOn);
        Assert.Equal(RuleLevel.Off, policy.Rules[RuleIds.BuildPath]);
        Assert.Equal(RuleLevel.Warning, policy.Rules[RuleIds.HiddenReference]);
        Assert.DoesNotContain(RuleIds.ForeignBinary, policy.Rules.Keys);
        Assert.Equal([LegitimateKind.Firmware], policy.SwitchedOff);
        AllowEntry allow = Assert.Single(policy.Allow);
        Assert.Equal("rule foreign-reference, package curl, file bin/*-config, target *-gcc-wrapper*, expires 2027-01-31", allow.ToString());
        Assert.Equal("curl-config is a developer's tool", allow.Reason);
        Assert.Equal(11, allow.Line);
        Assert.Equal("*-dev", Assert.Single(policy.Forbid).Target!.Text);
        SizeBudget budget = Assert.Single(policy.Budgets);
        Assert.Equal(300L << 20, budget.Maximum);
        Assert.Equal(5.0, budget.GrowthPercent);
        Assert.Null(budget.GrowthBytes);
    }

    [Theory]
    [InlineData("rles:\n  build-path: off\n", 1, 1, "\"rules\"")]
    [InlineData("rules:\n  foreign-refrence: off\n", 2, 3, "\"foreign-reference\"")]
    [InlineData("rules:\n  build-path: of\n", 2, 15, "\"off\"")]
    [InlineData("catalogue:\n  firmwear: off\n", 2, 3, "\"firmware\"")]
    [InlineData("allow:\n  - rule: foreign-reference\n    packge: curl\n    reason: x\n", 3, 5, "\"package\"")]
    [InlineData("allow:\n  - package: curl\n", 2, 5, "reason")]
    [InlineData("allow:\n  - package: curl\n    reason: ' '\n", 2, 5, "reason")]
    [InlineData("allow:\n  - reason: because\n", 2, 5, "allow everything")]
    [InlineData("allow:\n  - package: curl\n    reason: x\n    expires: 31.1.2027\n", 4, 14, "no date")]
    [InlineData("allow:\n  - package: ''\n    reason: x\n", 2, 14, "text")]
    [InlineData("allow: curl\n", 1, 8, "list")]
    [InlineData("allow:\n", 1, 7, "list")]
    [InlineData("forbid:\n  - reason: x\n", 2, 5, "target")]
    [InlineData("forbid:\n  - preset: compilers\n    reason: x\n", 2, 13, "toolchains")]
    [InlineData("forbid:\n  - preset: toolchains\n    target: x\n    reason: x\n", 2, 5, "one of the two")]
    [InlineData("budgets:\n  - root: pi\n", 2, 5, "limit")]
    [InlineData("budgets:\n  - root: pi\n    max: 300 Mb\n", 3, 10, "no size")]
    [InlineData("budgets:\n  - root: pi\n    max: 99999999999 TiB\n", 3, 10, "no size")]
    [InlineData("budgets:\n  - root: pi\n    growth: -1%\n", 3, 13, "percentage")]
    [InlineData("budgets:\n  - root: pi\n    growth: Infinity%\n", 3, 13, "percentage")]
    [InlineData("budgets:\n  - root: pi\n    growth: NaN%\n", 3, 13, "percentage")]
    [InlineData("fail-on: !whatever none\n", 1, 10, "Tags")]
    [InlineData("fail-on: breaks\nfail-on: none\n", 2, 1, "second time")]
    [InlineData("host: pdp11-unix\n", 1, 7, "no system")]
    [InlineData("fail-on: [breaks]\n", 1, 10, "found a list. Known here: bloats, breaks, none.")]
    [InlineData("fail-on:\n", 1, 9, "found nothing. Known here: bloats, breaks, none.")]
    [InlineData("host:\n  - armv7l-linux\n", 2, 3, "found a list")]
    [InlineData("allow:\n  package: curl\n", 2, 3, "found \"key: value\" lines")]
    [InlineData("rules:\n\tbuild-path: off\n", 2, 1, "spaces")]
    [InlineData("allow:\n  - package: curl\n    reason: it's: right\n", 3, 17, "quotes")]
    [InlineData("forbid:\n  - target: *-dev\n    reason: x\n", 2, 13, "\"*-dev\"")]
    [InlineData("", 1, 1, "empty")]
    [InlineData("# nothing but a comment\n", 1, 1, "empty")]
    [InlineData("- allow\n", 1, 1, "key: value")]
    [InlineData("fail-on: none\n---\nfail-on: none\n", 2, 1, "second document")]
    [InlineData("rules: &all\n  build-path: off\n", 1, 8, "Anchors")]
    public void What_is_wrong_is_told_with_its_place(string text, int line, int column, string says)
    {
        PolicyFormatException exception = Assert.Throws<PolicyFormatException>(() => Sample.Policy(text));

        Assert.Equal((line, column), (exception.Line, exception.Column));
        Assert.Contains(says, exception.Message, StringComparison.Ordinal);
        Assert.StartsWith($"closurescan.yaml:{line}:{column}: ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rules: {build-path: off")]
    [InlineData("reason: \"x")]
    [InlineData("\t- x")]
    [InlineData("allow: *nothing")]
    public void Broken_YAML_is_told_with_its_place(string text) =>
        Assert.True(Assert.Throws<PolicyFormatException>(() => Sample.Policy(text)).Line >= 1);

    [Fact]
    [Trait(Tier.Name, Tier.Laws)]
    public void A_damaged_policy_is_read_or_told_with_its_place()
    {
        string whole = File.ReadAllText(Testing.Repository.PathOf("samples/gate/closurescan.yaml"));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Char["\t:*&\"'{[\n- #|>%@!\0\u00e9"]).Array[1, 4].Sample(
            damages =>
            {
                StringBuilder text = new(whole);
                foreach ((int place, char character) in damages)
                {
                    text[place] = character;
                }

                try
                {
                    _ = Sample.Policy(text.ToString());
                }
                catch (PolicyFormatException exception)
                {
                    Assert.True(exception is { Line: >= 1, Column: >= 1 }, exception.Message);
                }
            },
            iter: 5000,
            threads: 1);
    }

    [Fact]
    public void A_thousand_brackets_are_refused() =>
        Assert.Throws<PolicyFormatException>(() => Sample.Policy("allow: " + new string('[', 1000)));

    [Fact]
    public void A_policy_is_found_in_a_directory_above()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("closurescan-policy-");
        try
        {
            string file = Path.Combine(folder.FullName, ClosurePolicy.FileName);
            File.WriteAllText(file, "{}");
            DirectoryInfo below = folder.CreateSubdirectory("a/b");

            Assert.Equal(file, ClosurePolicy.Find(below.FullName));
            Assert.Equal(ClosurePolicy.Default.FailOn, ClosurePolicy.Load(file).FailOn);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
