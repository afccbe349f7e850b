using ClosureScan.Derivations;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>
/// What the derivations of a closure say of its paths: which machine each was built for, and which of its inputs were meant for the machine that builds.
/// Where a store has none, nothing is said.
/// </summary>
internal sealed class DerivationWitness
{
    private readonly Dictionary<StorePathHash, RecordedBuild> _builds;
    private readonly Dictionary<string, Meant> _meant = new(StringComparer.Ordinal);

    /// <summary>Hears the derivations of a closure's paths.</summary>
    public DerivationWitness(ScannedClosure closure)
    {
        _builds = closure.Paths.Where(path => path.Build is not null).DistinctBy(path => path.Info.Path.Hash).ToDictionary(path => path.Info.Path.Hash, path => path.Build!);
        foreach (RecordedBuild build in _builds.Values.Where(build => build.IsCross).OrderBy(build => build.Derivation))
        {
            foreach (RecordedInput input in build.Inputs)
            {
                string name = RecordedBuild.PackageOf(input.Path);
                Meant meant = _meant.GetValueOrDefault(name) ?? new(input.Variable, build.Derivation);
                _meant[name] = meant with { IsForBuildAlone = meant.IsForBuildAlone && input.IsForBuild };
            }
        }
    }

    /// <summary>What most cross builds of the closure were built on; null when none says.</summary>
    public static Platform? BuildMachineOf(ScannedClosure closure, Platform host)
    {
        PlatformVotes votes = new();
        foreach (RecordedBuild build in closure.Paths.Select(path => path.Build).OfType<RecordedBuild>().Where(build => build.IsCross && PlatformCompatibility.Runs(build.Host, host) != Compatibility.No))
        {
            votes.Add(build.Build!, 1, "derivation");
        }

        return votes.Winner();
    }

    /// <summary>What the derivation of a path says; null when there is none.</summary>
    public RecordedBuild? Of(StorePath path) => _builds.GetValueOrDefault(path.Hash);

    /// <summary>Why a path belongs to the machine that builds: every cross build that names it has it among the inputs for that. Null where one does not, or none names it.</summary>
    public string? WhyForBuildAlone(StorePath path) =>
        _meant.TryGetValue(RecordedBuild.PackageOf(path), out Meant? meant) && meant.IsForBuildAlone ? $"in {meant.Variable} alone, of {Named(meant.Derivation)}" : null;

    /// <summary>
    /// Whether the derivation of a path has the package of another among what is for the host: then the path was meant to use it as it runs, and took the
    /// wrong build of it.
    /// </summary>
    public bool IsMeantForHost(StorePath holder, StorePath target) =>
        Of(holder) is { IsCross: true } build && build.Inputs.Any(input => input.IsForHost && IsSamePackage(input.Path, target));

    /// <summary>What the derivation of a path says of a reference to the build side, in a sentence; null where it says nothing.</summary>
    public string? Sentence(StorePath holder, StorePath target)
    {
        if (Of(holder) is not { IsCross: true } build)
        {
            return null;
        }

        string package = StorePathName.Parse(target.Name).PackageName;
        RecordedInput[] inputs = [.. build.InputsOf(target)];
        RecordedInput? twin = build.Inputs.FirstOrDefault(input => input.IsForHost && IsSamePackage(input.Path, target) && !inputs.Contains(input));
        string derivation = Named(build.Derivation);
        return inputs.FirstOrDefault(input => input is { IsForBuild: false, IsForHost: false }) is { } written ? $"{derivation} names it in {written.Variable}: name the host's there."
            : twin is not null ? $"{derivation} has {package} for the host in {twin.Variable}: what wrote this took the other."
            : inputs.FirstOrDefault(input => input.IsForHost) is { } mistaken ? $"{derivation} has the build machine's {package} in {mistaken.Variable}: take it from the host's package set."
            : inputs.FirstOrDefault(input => input.IsForBuild) is { } tool ? $"{package} is only in {tool.Variable} of {derivation}."
            : null;
    }

    private static bool IsSamePackage(StorePath input, StorePath target) => StorePathName.Parse(input.Name).PackageName == StorePathName.Parse(target.Name).PackageName;

    private static string Named(StorePath derivation) => derivation.Name;

    /// <summary>What the cross builds want of a package.</summary>
    private sealed record Meant(string Variable, StorePath Derivation, bool IsForBuildAlone = true);
}
