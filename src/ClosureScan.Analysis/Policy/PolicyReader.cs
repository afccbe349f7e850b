using System.Collections.Frozen;
using System.Collections.Immutable;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Rules;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Policy;

/// <summary>
/// Reads a policy. Whatever it does not know is an error with its place: a misspelt key that were passed over would be a gate
/// that stands open.
/// </summary>
internal sealed class PolicyReader(string file, RuleSet rules)
{
    private readonly string[] _ruleNames = [.. rules.Rules.Select(rule => rule.Id)];

    private static readonly string[] DifferenceNames = [.. DifferenceKinds.Values.Select(kind => kind.ToName())];

    private static readonly string[] KindNames = [.. LegitimateKinds.All.Select(kind => kind.ToName())];

    public ClosurePolicy Read(TextReader text)
    {
        YamlFields fields = new(file, YamlTree.Read(text, file), "the policy",
            ["$schema", "baseline", "host", "build", "fail-on", "rules", "compare", "catalogue", "allow", "forbid", "budgets"]);
        return new ClosurePolicy
        {
            File = file,
            Baseline = fields.Text("baseline"),
            Host = ReadPlatform(fields, "host"),
            Build = ReadPlatform(fields, "build"),
            FailOn = fields.Word("fail-on", FailureThreshold.Bloats,
                ("bloats", FailureThreshold.Bloats), ("breaks", FailureThreshold.Breaks), ("none", FailureThreshold.None)),
            Rules = ReadRules(fields),
            Compare = ReadCompare(fields),
            SwitchedOff = ReadCatalogue(fields),
            Allow = [.. fields.List("allow").Select(ReadAllow)],
            Forbid = [.. fields.List("forbid").Select(ReadForbid)],
            Budgets = [.. fields.List("budgets").Select(ReadBudget)],
        };
    }

    private static Platform? ReadPlatform(YamlFields fields, string key)
    {
        if (fields.Text(key) is not { } text)
        {
            return null;
        }

        return Platform.TryParse(text, out Platform? platform)
            ? platform
            : throw fields.Error(key, $"\"{text}\" is no system that is known. Write it as Nix does, armv7l-linux or aarch64-linux, or as a triple.");
    }

    private FrozenDictionary<string, RuleLevel> ReadRules(YamlFields policy) => ReadLevels(policy, "rules", _ruleNames).ToFrozenDictionary();

    private FrozenDictionary<DifferenceKind, RuleLevel> ReadCompare(YamlFields policy) =>
        ReadLevels(policy, "compare", DifferenceNames).ToFrozenDictionary(item => DifferenceKinds.Values.First(kind => kind.ToName() == item.Key), item => item.Value);

    private Dictionary<string, RuleLevel> ReadLevels(YamlFields policy, string key, string[] names)
    {
        Dictionary<string, RuleLevel> levels = [];
        if (policy.Value(key) is { } value)
        {
            YamlFields fields = new(file, value, key, names);
            foreach (string name in fields.Names)
            {
                levels.Add(name, fields.Word(name, RuleLevel.Error,
                    ("error", RuleLevel.Error), ("warning", RuleLevel.Warning), ("warn", RuleLevel.Warning), ("note", RuleLevel.Note), ("off", RuleLevel.Off)));
            }
        }

        return levels;
    }

    private FrozenSet<LegitimateKind> ReadCatalogue(YamlFields policy)
    {
        HashSet<LegitimateKind> off = [];
        if (policy.Value("catalogue") is { } value)
        {
            YamlFields catalogue = new(file, value, "catalogue", KindNames);
            foreach (string name in catalogue.Names)
            {
                _ = LegitimateKinds.TryParse(name, out LegitimateKind kind);
                if (!catalogue.Word(name, true, ("on", true), ("off", false), ("true", true), ("false", false), ("yes", true), ("no", false)))
                {
                    off.Add(kind);
                }
            }
        }

        return off.ToFrozenSet();
    }

    private AllowEntry ReadAllow(YamlValue value)
    {
        YamlFields fields = new(file, value, "an allow entry", ["rule", "package", "file", "target", "reason", "expires"]);
        AllowEntry entry = new()
        {
            Rule = fields.Word<string?>("rule", null, [.. _ruleNames.Select(name => (name, (string?)name))]),
            Package = fields.Glob("package"),
            File = fields.Glob("file"),
            Target = fields.Glob("target"),
            Reason = fields.RequiredText("reason", "say why this finding is right; the next reader will ask"),
            Expires = fields.Date("expires"),
            Line = fields.Line,
        };
        return entry is { Rule: null, Package: null, File: null, Target: null }
            ? throw fields.Error("This entry would allow everything: say a rule, package, file or target.")
            : entry;
    }

    private ForbidEntry ReadForbid(YamlValue value)
    {
        YamlFields fields = new(file, value, "a forbid entry", ["target", "preset", "package", "reason"]);
        ForbidEntry entry = new()
        {
            Target = fields.Glob("target"),
            Preset = fields.Word<ForbidPreset?>("preset", null, ("toolchains", ForbidPreset.Toolchains)),
            Package = fields.Glob("package"),
            Reason = fields.RequiredText("reason", "say why it is forbidden; it is told with each finding"),
            Line = fields.Line,
        };
        return entry.Target is null == entry.Preset is null
            ? throw fields.Error("A forbid entry needs a target, a glob over package names such as \"*-dev\", or a preset: toolchains; one of the two.")
            : entry;
    }

    private SizeBudget ReadBudget(YamlValue value)
    {
        YamlFields fields = new(file, value, "a budget", ["root", "max", "growth"]);
        string? growth = fields.Text("growth");
        bool isPercent = growth is not null && growth.EndsWith('%');
        SizeBudget budget = new()
        {
            Root = fields.Glob("root") ?? throw fields.Error("A budget needs a root: a glob over package names, such as \"*-system-*\"."),
            Maximum = fields.Size("max"),
            GrowthBytes = isPercent ? null : fields.Size("growth"),
            GrowthPercent = isPercent ? fields.Percent("growth") : null,
            Line = fields.Line,
        };
        return budget is { Maximum: null, NeedsBaseline: false }
            ? throw fields.Error("A budget needs a limit: max (\"300 MiB\"), growth (\"5%\" or \"10 MiB\"), or both.")
            : budget;
    }
}
