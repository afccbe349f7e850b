using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Model;
using ClosureScan.Analysis.Rules;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis;

/// <summary>What an analysis says of a closure. Immutable.</summary>
public sealed record ClosureReport
{
    // What was computed of these findings; a report with others begins anew.
    private ConcurrentDictionary<Type, Lazy<object>> _answers = new();

    /// <summary>The closure with what is computed of it.</summary>
    public required ClosureModel Model { get; init; }

    /// <summary>What was analysed.</summary>
    public ScannedClosure Closure => Model.Closure;

    /// <summary>The closure as a graph; node i is <see cref="Paths"/>[i].</summary>
    public ClosureGraph Graph => Model.Graph;

    /// <summary>The rules that were looked for.</summary>
    public RuleSet Rules { get; init; } = RuleSet.Default;

    /// <summary>Where the closure is to run; null when nothing in it tells and nobody said.</summary>
    public Platform? Host => HostFrom.Platform;

    /// <summary>The host with what tells it.</summary>
    public required InferredHost HostFrom { get; init; }

    /// <summary>Where it was built, as far as the closure shows; null when nothing foreign is in it.</summary>
    public required Platform? Build { get; init; }

    /// <summary>Every path, sorted.</summary>
    public required ImmutableArray<AnalyzedPath> Paths { get; init; }

    /// <summary>The findings by what they drag into the closure, the largest tree first.</summary>
    public required ImmutableArray<FindingGroup> Groups
    {
        get;
        init
        {
            field = value;
            _answers = new();
            Findings = [.. value.SelectMany(group => group.Findings)];
        }
    }

    /// <summary>The findings of all groups, in their order.</summary>
    public ImmutableArray<Finding> Findings { get; private init; }

    /// <summary>Foreign code that is right where it is and therefore no finding, by path.</summary>
    public ImmutableArray<LetThrough> LetThrough { get; init; } = [];

    /// <summary>
    /// Whether it was read back from a file: then the bytes of references that are no findings are not known, and nothing is counted as
    /// read.
    /// </summary>
    internal bool IsSaved { get; init; }

    /// <summary>The file of the policy by which the occurrences have their statuses; null where they have none.</summary>
    internal string? PolicyFile { get; init; }

    /// <summary>The bytes of the closure of all roots together.</summary>
    public long ClosureSize => Model.ClosureSize;

    /// <summary>The bytes of the closure that belong to paths of the foreign side.</summary>
    public long ForeignSize => Paths.Where(path => path.Side == PathSide.Foreign).Sum(path => path.NarSize);

    /// <summary>Files read.</summary>
    public long FileCount => Closure.Paths.Sum(path => path.Scan?.FileCount ?? 0);

    /// <summary>Bytes read.</summary>
    public long ByteCount => Closure.Paths.Sum(path => path.Scan?.ByteCount ?? 0);

    /// <summary>The findings that are at least as bad as <paramref name="effect"/>; notes are none.</summary>
    public IEnumerable<Finding> AtLeast(Effect effect) => Findings.Where(finding => finding.Effect >= effect && finding.Severity != Severity.Note);

    /// <summary>The roots.</summary>
    public ImmutableArray<StorePath> Roots => Closure.Roots;

    /// <summary>The report with those occurrences alone of which <paramref name="isMeant"/> holds: what is left out still holds what it holds.</summary>
    public ClosureReport Where(Func<Occurrence, bool> isMeant)
    {
        ArgumentNullException.ThrowIfNull(isMeant);
        return this with { Groups = [.. Groups.Select(group => group.Where(isMeant)).OfType<FindingGroup>()] };
    }

    /// <summary>What another layer computes of the report, once for each type and whoever asks.</summary>
    internal T Once<T>(Func<ClosureReport, T> compute)
        where T : class => (T)_answers.GetOrAdd(typeof(T), _ => new Lazy<object>(() => compute(this))).Value;

    /// <summary>The report with other findings.</summary>
    internal ClosureReport With(IEnumerable<Finding> findings) => this with { Groups = GroupFinder.Find(Model, findings) };
}
