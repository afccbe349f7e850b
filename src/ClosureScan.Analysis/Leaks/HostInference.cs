using System.Collections.Immutable;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>
/// Finds out where a closure is to run, by the weight of evidence. What a root says of itself comes first: the host that its derivation names, where the store has
/// that (never its <c>system</c>, which is where it is built); then the file <c>system</c> of a NixOS system, then a host triple in its name, which is Nixpkgs' own word. Next comes what the root starts: its own programs, and where it has none the
/// interpreters of its scripts, the programs its links lead to and its kernel. Last come the paths that are reached without crossing a toolchain, each with
/// the platform of its programs and, twice, of its name: in a closure full of leaks the build's paths may be more, and carry no names. A tie is unknown.
/// </summary>
internal sealed class HostInference
{
    private const int KernelWeight = 3;
    private const int NameWeight = 2;

    private readonly ScannedClosure _closure;
    private readonly Dictionary<StorePathHash, ScannedPath> _paths;
    private readonly ImmutableArray<ScannedPath> _roots;

    private HostInference(ScannedClosure closure)
    {
        _closure = closure;
        // Of two paths with one hash, which only a broken store has, the first by name counts.
        _paths = new(closure.Paths.Length);
        foreach (ScannedPath path in closure.Paths)
        {
            _paths.TryAdd(path.Info.Path.Hash, path);
        }

        _roots = [.. closure.Paths.Where(path => closure.Roots.Contains(path.Info.Path))];
    }

    public static InferredHost Infer(ScannedClosure closure, Platform? told)
    {
        InferredHost inferred = new HostInference(closure).Infer();
        return told is null ? inferred : new InferredHost(told, HostOrigin.Option, ["as told"]) { Contradiction = Contradiction(told, inferred) };
    }

    /// <summary>
    /// What a root says of itself and the host that was told does not run. Of most paths' programs alone, which may be so many leaks, only where
    /// nothing speaks for what was told.
    /// </summary>
    private static string? Contradiction(Platform told, InferredHost inferred) =>
        inferred.Platform is { } found && PlatformCompatibility.Runs(found, told) == Compatibility.No
        && (inferred.Origin is HostOrigin.SystemFile or HostOrigin.Root
            || !inferred.Evidence.Any(evidence => evidence.StartsWith(told.System + ":", StringComparison.Ordinal)))
            ? $"the host was said to be {told.System}, but this speaks for {inferred.Evidence[0]}"
            : null;

    private InferredHost Infer()
    {
        PlatformVotes recorded = new();
        PlatformVotes declared = new();
        PlatformVotes named = new();
        PlatformVotes started = new();
        foreach (ScannedPath root in _roots)
        {
            if (root.Build is { } build)
            {
                recorded.Add(build.Host, 1, "derivation of a root");
            }

            foreach (PlatformTally tally in TalliesOf(root).Where(tally => tally is { Role: FileRole.Declaration, Platform: not null }))
            {
                declared.Add(tally.Platform!, 1, "file that declares it");
            }

            if (StorePathName.Parse(root.Info.Path.Name).Host is { } host)
            {
                named.Add(host, 1, "name of a root");
            }

            AddStarted(started, root);
        }

        return Decide(recorded, HostOrigin.Derivation, started) ?? Decide(declared, HostOrigin.SystemFile, started) ?? Decide(named, HostOrigin.Names, started) ?? Decide(started, HostOrigin.Root) ?? InferFromPaths(started);
    }

    private static InferredHost? Decide(PlatformVotes votes, HostOrigin origin, PlatformVotes? others = null)
    {
        if (votes.Winner() is not { } winner)
        {
            return null;
        }

        if (others is not null)
        {
            votes.Add(others);
        }

        return new(winner, origin, [.. votes.Describe()]);
    }

    private InferredHost InferFromPaths(PlatformVotes started)
    {
        PlatformVotes votes = new();
        bool hasBytes = false;
        List<ScannedPath> paths = WithoutToolchains();
        foreach (ScannedPath path in paths.Any(path => BuiltFor(path) is not null) ? paths : [.. _closure.Paths])
        {
            if (BuiltFor(path) is { } built)
            {
                votes.Add(built, 1, "path with programs");
                hasBytes = true;
            }

            if (path.Build is { } build)
            {
                votes.Add(build.Host, NameWeight, "derivation");
            }
            else if (StorePathName.Parse(path.Info.Path.Name).Host is { } host)
            {
                votes.Add(host, NameWeight, "name");
            }
        }

        return votes.IsEmpty && started.IsEmpty ? new(null, HostOrigin.Unknown, [])
            : votes.Winner() is { } winner ? new(winner, hasBytes ? HostOrigin.Programs : HostOrigin.Names, [.. votes.Describe()])
            : new(null, HostOrigin.Unknown, [.. (votes.IsEmpty ? started : votes).Describe()]);
    }

    /// <summary>What a root starts on the machine it is for.</summary>
    private void AddStarted(PlatformVotes votes, ScannedPath root)
    {
        foreach (FileRole role in (FileRole[])[FileRole.Program, FileRole.SharedLibrary])
        {
            bool any = false;
            foreach (PlatformTally tally in TalliesOf(root).Where(tally => tally.Role == role && tally.Platform is { Kernel: not "windows" } && tally.Domain == FileDomain.System))
            {
                long count = tally.Files.LongCount(file => file.Member is null && PathPlatform.Find(file.File) is null) + tally.FileCount - tally.Files.Length;
                if (count > 0)
                {
                    votes.Add(tally.Platform!, count, role == FileRole.Program ? "program of a root" : "library of a root", count);
                    any = true;
                }
            }

            if (any)
            {
                return;
            }
        }

        foreach (FoundReference reference in root.Scan?.References ?? [])
        {
            foreach (ReferenceEvidence evidence in reference.Evidence)
            {
                if (evidence.Mechanism is not (Mechanism.Shebang or Mechanism.SymlinkTarget) || !_paths.TryGetValue(reference.Target, out ScannedPath? target))
                {
                    continue;
                }

                string named = (evidence.SubPath ?? "").TrimStart('/');
                if (evidence.Mechanism == Mechanism.Shebang)
                {
                    if ((PlatformOf(target, named) ?? BuiltFor(target)) is { } interpreter)
                    {
                        votes.Add(interpreter, 1, "script of a root");
                    }
                }
                else if (KernelOf(target, named) is { } kernel)
                {
                    votes.Add(kernel, KernelWeight, "kernel");
                }
                else if (PlatformOf(target, named) is { } program)
                {
                    votes.Add(program, 1, "link of a root");
                }
            }
        }
    }

    /// <summary>The paths that the roots reach without passing through a compiler: what lies behind one is its target's.</summary>
    private List<ScannedPath> WithoutToolchains()
    {
        HashSet<StorePathHash> seen = [.. _closure.Roots.Select(root => root.Hash)];
        Queue<StorePathHash> queue = new(seen);
        List<ScannedPath> reached = [];
        while (queue.TryDequeue(out StorePathHash next))
        {
            if (!_paths.TryGetValue(next, out ScannedPath? path))
            {
                continue;
            }

            string name = path.Info.Path.Name;
            if (StorePathName.Parse(name).Target is not null || PathClassifier.IsToolchainWrapper(name))
            {
                continue;
            }

            reached.Add(path);
            foreach (StorePath reference in path.Info.References ?? [])
            {
                if (seen.Add(reference.Hash))
                {
                    queue.Enqueue(reference.Hash);
                }
            }
        }

        return reached;
    }

    /// <summary>The platform of most of a path's programs, or where it has none, of most of its shared libraries; null when as many are for another.</summary>
    private static Platform? BuiltFor(ScannedPath path)
    {
        PlatformVotes programs = VotesOf(path, FileRole.Program);
        return (programs.IsEmpty ? VotesOf(path, FileRole.SharedLibrary) : programs).Winner();
    }

    private static PlatformVotes VotesOf(ScannedPath path, FileRole role)
    {
        PlatformVotes votes = new();
        foreach (PlatformTally tally in TalliesOf(path).Where(tally => tally.Role == role && tally.Platform is { Kernel: not "windows" } && tally.Domain == FileDomain.System))
        {
            votes.Add(tally.Platform!, tally.FileCount, "file");
        }

        return votes;
    }

    private static Platform? PlatformOf(ScannedPath path, string file) =>
        Find(path, file) is { Identity: { Role: FileRole.Program, Platform: { } platform } } ? platform : null;

    private static Platform? KernelOf(ScannedPath path, string file) =>
        Find(path, file) is { Identity: { Role: FileRole.Kernel, Platform: { } platform } } ? platform : null;

    private static IdentifiedFile? Find(ScannedPath path, string file) =>
        TalliesOf(path).SelectMany(tally => tally.Files).FirstOrDefault(item => item.File == file && item.Member is null);

    private static ImmutableArray<PlatformTally> TalliesOf(ScannedPath path) => path.Scan?.Platforms ?? [];
}
