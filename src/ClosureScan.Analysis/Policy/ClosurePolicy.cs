using System.Collections.Frozen;
using System.Collections.Immutable;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Rules;
using ClosureScan.Input;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Policy;

/// <summary>What a project asks of its closures: the content of a <c>closurescan.yaml</c>. Immutable.</summary>
public sealed record ClosurePolicy
{
    /// <summary>The name under which <see cref="Find"/> looks for a policy.</summary>
    public const string FileName = "closurescan.yaml";

    // A hundred bytes an entry: a quarter of a million of them.
    private const long MaxLength = 32L << 20;

    /// <summary>No file: every rule is an error, nothing is allowed, nothing is forbidden beyond the rules.</summary>
    public static ClosurePolicy Default { get; } = new();

    /// <summary>The file it was read from; null when there is none.</summary>
    public string? File { get; init; }

    /// <summary>The baseline to compare with, beside the policy's file unless it is a whole path; null when the policy names none.</summary>
    internal string? Baseline { get; init; }

    /// <summary>Where the closure is to run; null to infer it.</summary>
    public Platform? Host { get; init; }

    /// <summary>Where it was built; null to infer it.</summary>
    public Platform? Build { get; init; }

    /// <summary>The least effect that fails the check.</summary>
    public FailureThreshold FailOn { get; init; } = FailureThreshold.Bloats;

    /// <summary>What the policy makes of single rules, by their names; the others have the severity that they come with.</summary>
    internal FrozenDictionary<string, RuleLevel> Rules { get; init; } = FrozenDictionary<string, RuleLevel>.Empty;

    /// <summary>What the policy makes of the differences of a comparison, by their kinds; the others are errors at level D and notes below it.</summary>
    internal FrozenDictionary<DifferenceKind, RuleLevel> Compare { get; init; } = FrozenDictionary<DifferenceKind, RuleLevel>.Empty;

    /// <summary>The kinds of legitimate foreign code that this project does not accept.</summary>
    internal FrozenSet<LegitimateKind> SwitchedOff { get; init; } = FrozenSet<LegitimateKind>.Empty;

    /// <summary>Accepted findings.</summary>
    internal ImmutableArray<AllowEntry> Allow { get; init; } = [];

    /// <summary>Forbidden references.</summary>
    internal ImmutableArray<ForbidEntry> Forbid { get; init; } = [];

    /// <summary>Limits of size.</summary>
    internal ImmutableArray<SizeBudget> Budgets { get; init; } = [];

    /// <summary>Looks for <see cref="FileName"/> in <paramref name="directory"/> and the directories above it. Null when there is none.</summary>
    public static string? Find(string directory)
    {
        for (string? folder = Path.GetFullPath(directory); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string file = Path.Combine(folder, FileName);
            if (System.IO.File.Exists(file) && !InputFile.IsSpecial(file))
            {
                return file;
            }
        }

        return null;
    }

    /// <summary>Opens the JSON Schema (draft 7) of policies, for editors and other checkers.</summary>
    public static Stream OpenSchema() =>
        typeof(ClosurePolicy).Assembly.GetManifestResourceStream("closurescan-policy.schema.json")!;

    /// <summary>Reads a policy file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="rules">The rules that it may name; those of the library when null.</param>
    /// <exception cref="PolicyFormatException">The file is no policy; the message names file, line and column.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ClosurePolicy Load(string file, RuleSet? rules = null)
    {
        using StreamReader reader = new(InputFile.OpenText(file, MaxLength, mayBeSpecial: true));
        return Read(reader, file, rules);
    }

    /// <summary>Reads a policy.</summary>
    /// <param name="text">YAML, one document.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <param name="rules">The rules that it may name; those of the library when null.</param>
    /// <exception cref="PolicyFormatException">The text is no policy; the message names file, line and column.</exception>
    public static ClosurePolicy Read(TextReader text, string file, RuleSet? rules = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(file);
        return new PolicyReader(file, rules ?? RuleSet.Default).Read(text);
    }
}
