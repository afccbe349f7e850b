using System.Collections.Frozen;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Cli.Rendering;
using ClosureScan.Stores;
using ClosureScan.Stores.Roots;

namespace ClosureScan.Cli.Commands;

/// <summary>Scans what a call names and judges it by the call's policy and baseline.</summary>
internal static class Gate
{
    public static async Task<PolicyVerdict> JudgeAsync(
        CommonSettings settings, GateSettings gate, Baseline? baseline, CancellationToken cancellationToken)
    {
        // Whatever is wrong with the configuration is told before minutes of scanning.
        ClosurePolicy policy = gate.Policy;
        if (settings.IsFailOnGiven)
        {
            policy = policy with { FailOn = ToThreshold(settings.FailOn) };
        }

        RootList? list = gate.RootsFrom is { } from ? Read(from, RootList.Load) : null;
        string[] roots = [.. gate.Roots, .. list?.Roots.Select(root => root.Path.ToString()) ?? []];
        if (roots.Length == 0 && settings.Expression is null)
        {
            throw list is null
                ? CommandException.Usage($"No ROOT: say what to check, or --roots-from.")
                : new CommandException(ExitCode.Nothing, $"{gate.RootsFrom}: nothing to scan: it lists no path that was built.");
        }

        if (Array.Find(roots, SavedReportFile.IsNamed) is { } saved)
        {
            throw CommandException.Usage($"{saved}: check takes no saved report: it judges bytes that it has read itself. Name the closure, or compare two reports with closurescan diff.");
        }

        ScannedClosure closure = await ClosureLoader.LoadAsync(settings, roots, ClosureScanOptions.Default, cancellationToken).ConfigureAwait(false);
        if (list is not null)
        {
            closure = closure with { Problems = closure.Problems.AddRange(list.Problems) };
        }

        ClosureReport report = ClosureAnalyzer.Analyze(closure, AnalysisOptionsOf(settings, policy), cancellationToken);
        UnknownHost.Refuse(report);
        return PolicyJudge.Judge(report, policy, new PolicyOptions { Baseline = baseline, IsStrict = gate.IsStrict });
    }

    /// <summary>What the call says, and where it says nothing the policy.</summary>
    public static AnalysisOptions AnalysisOptionsOf(CommonSettings settings, ClosurePolicy policy) => new()
    {
        Host = settings.Host ?? policy.Host,
        Build = settings.Build ?? policy.Build,
        Legitimate = LegitimateKinds.Catalogue.Except(policy.SwitchedOff).ToFrozenSet(),
    };

    /// <summary>
    /// The baseline that the call names, else the one that the policy names, else the one beside the policy or in the working directory, which is
    /// then told. Null when there is none.
    /// </summary>
    public static string? FindBaseline(CommonSettings settings, GateSettings gate)
    {
        if (gate.BaselineFile is { } given)
        {
            return given;
        }

        ClosurePolicy policy = gate.Policy;
        string folder = policy.File is null ? "." : Path.GetDirectoryName(Path.GetFullPath(policy.File))!;
        if (policy.Baseline is { } named)
        {
            return Path.Combine(folder, named);
        }

        string? found = ((string[])[Path.Combine(folder, Baseline.FileName), Baseline.FileName]).FirstOrDefault(File.Exists);
        if (found is not null && !settings.Quiet)
        {
            Console.Error.WriteLine($"Compared with the baseline {Path.GetRelativePath(".", found)}.");
        }

        return found;
    }

    /// <summary>Loads a policy that the call names.</summary>
    public static ClosurePolicy LoadPolicy(string file) => Read(file, name => ClosurePolicy.Load(name));

    /// <summary>Loads a baseline that the call names. One that is not there is a mistake, not an empty one.</summary>
    public static Baseline LoadBaseline(string file) => File.Exists(file)
        ? Read(file, Baseline.Load)
        : throw CommandException.Usage($"{file}: there is no such baseline. Write it once, and commit it: closurescan baseline write ROOT --baseline {file}");

    public static int ExitCodeOf(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Passed => ExitCode.Clean,
        VerdictOutcome.Failed => ExitCode.Findings,
        VerdictOutcome.Misconfigured => ExitCode.Usage,
        VerdictOutcome.Incomplete => ExitCode.Incomplete,
        _ => ExitCode.Nothing,
    };

    /// <summary>The least effect that fails, in a policy's words.</summary>
    public static FailureThreshold ToThreshold(Effect? failOn) => failOn switch
    {
        Effect.Bloats => FailureThreshold.Bloats,
        Effect.Breaks => FailureThreshold.Breaks,
        _ => FailureThreshold.None,
    };

    /// <summary>The policy in a file; without one, that of the working directory, or the one that asks for nothing.</summary>
    public static ClosurePolicy FindPolicy(string? file)
    {
        file ??= ClosurePolicy.Find(Environment.CurrentDirectory);
        return file is null ? ClosurePolicy.Default : Read(file, name => ClosurePolicy.Load(name));
    }

    private static T Read<T>(string file, Func<string, T> load)
    {
        try
        {
            return load(file);
        }
        catch (Exception exception) when (exception is ClosureScanException or FormatException)
        {
            throw CommandException.Usage(ErrorText.Of(exception));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"{file}: cannot be read: {exception.Message}");
        }
    }
}
