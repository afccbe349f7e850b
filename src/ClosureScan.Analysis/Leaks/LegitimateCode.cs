using System.Collections.Frozen;
using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Model;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>
/// Decides what foreign code is right where it is, and keeps a list of it. Files are judged by what they are for; references by
/// whether anything but a root that is for building needs the path that holds them.
/// </summary>
internal sealed class LegitimateCode
{
    private readonly FrozenSet<LegitimateKind> _accepted;
    private readonly SidedClosure _sided;
    private readonly bool[] _isForRunning;
    private readonly bool _hasToolchainRoot;
    private readonly List<LetThrough> _letThrough = [];
    private readonly Lazy<Runners> _runners;

    public LegitimateCode(ClosureModel model, SidedClosure sided, FrozenSet<LegitimateKind> accepted)
    {
        _accepted = accepted;
        _sided = sided;
        _runners = new(() => new Runners(model, sided));
        _isForRunning = new bool[sided.Graph.NodeCount];
        List<int> reached = [];
        foreach (int root in sided.Graph.Roots)
        {
            StorePathName name = StorePathName.Parse(sided.Graph.Paths[root].Name);
            bool isToolchain = name.Target is not null && name.HostTriple is null && name.Output is not ("lib" or "libgcc");
            _hasToolchainRoot |= isToolchain;
            if (!isToolchain && !IsDevelopment(name))
            {
                Reach(root, reached);
            }
        }

        for (int next = 0; next < reached.Count; next++)
        {
            foreach (int successor in sided.Graph.Successors(reached[next]))
            {
                if (sided.Sides[successor] != PathSide.Foreign)
                {
                    Reach(successor, reached);
                }
            }
        }
    }

    /// <summary>What was let through so far, by path.</summary>
    public ImmutableArray<LetThrough> LetThrough => [.. _letThrough.OrderBy(item => item.Path).ThenBy(item => item.To).ThenBy(item => item.Kind)];

    /// <summary>The files of a path that do not run on the host and are not right there; the others are listed.</summary>
    public IEnumerable<JudgedFile> Wrong(int node)
    {
        List<JudgedFile> wrong = [];
        Dictionary<(LegitimateKind, string, string?), List<JudgedFile>> right = [];
        foreach (JudgedFile file in _sided.Code[node].Files)
        {
            if ((file.Kind ?? KindOf(node)) is not { } kind || !_accepted.Contains(kind))
            {
                wrong.Add(file);
            }
            else if (right.TryGetValue((kind, file.Platform, file.Kind is null ? null : file.Note), out List<JudgedFile>? files))
            {
                files.Add(file);
            }
            else
            {
                right.Add((kind, file.Platform, file.Kind is null ? null : file.Note), [file]);
            }
        }

        foreach (((LegitimateKind kind, string platform, string? note), List<JudgedFile> files) in right)
        {
            _letThrough.Add(new LetThrough
            {
                Kind = kind,
                Path = _sided.Graph.Paths[node],
                Platform = platform,
                FileCount = files.Count,
                Files = [.. files.Select(file => file.File.File)],
                Note = note,
            });
        }

        return wrong;
    }

    /// <summary>Lists what of a path is on the host's side only because its kind is accepted.</summary>
    public void ListExplained(int node, PathScan scan)
    {
        foreach (PlatformTally tally in scan.Platforms.Where(tally => CodeJudge.IsCode(tally.Role) && _sided.Classifier.IsOfCompatibleWords(tally.Platform)))
        {
            List(LegitimateKind.CompatibleWords, node, tally);
        }

        // A root is never foreign.
        if (_sided.Explained[node] is { } kind && _sided.Parents[node] != node)
        {
            PlatformTally[] code = [.. scan.Platforms.Where(tally => tally.Role is FileRole.Program or FileRole.SharedLibrary)];
            _letThrough.Add(new LetThrough
            {
                Kind = kind,
                Path = _sided.Graph.Paths[node],
                Platform = code.FirstOrDefault()?.Platform?.System,
                FileCount = kind == LegitimateKind.TextOnly ? scan.FileCount : code.Sum(tally => tally.FileCount),
                Files = [.. code.SelectMany(tally => tally.Files).Select(file => file.File)],
            });
        }
    }

    /// <summary>Whether a reference to the build side is right where it is; it is then listed.</summary>
    public bool Takes(int node, Finding leak) => KindOf(node, leak) is { } kind && Takes(kind, leak);

    /// <summary>Whether a finding of this kind is right where it is; it is then listed.</summary>
    public bool Takes(LegitimateKind kind, Finding leak)
    {
        if (!_accepted.Contains(kind))
        {
            return false;
        }

        _letThrough.Add(new LetThrough
        {
            Kind = kind,
            Path = leak.From,
            To = leak.To,
            FileCount = leak.FileCount,
            Files = [.. leak.Evidence.Select(evidence => evidence.File).Distinct()],
        });
        return true;
    }

    private void List(LegitimateKind kind, int node, PlatformTally tally) => _letThrough.Add(new LetThrough
    {
        Kind = kind,
        Path = _sided.Graph.Paths[node],
        Platform = tally.Platform?.System,
        FileCount = tally.FileCount,
        Files = [.. tally.Files.Select(file => file.File)],
    });

    private void Reach(int node, List<int> reached)
    {
        if (!_isForRunning[node])
        {
            _isForRunning[node] = true;
            reached.Add(node);
        }
    }

    private LegitimateKind? KindOf(int node, Finding leak)
    {
        if (_runners.Value.Carries(node, leak))
        {
            return LegitimateKind.Cargo;
        }

        // A cross compiler that runs on the host keeps its target's libraries.
        if (_sided.Sides[node] != PathSide.Mixed && _sided.Classifier.IsCrossTool(_sided.Graph.Paths[node].Name) && IsForTarget(node, leak.To))
        {
            return LegitimateKind.CrossToolchain;
        }

        LegitimateKind? kind = KindOf(node);
        return kind != LegitimateKind.DevOutput ? kind
            : StorePathName.Parse((leak.To ?? leak.From).Name).PackageName.StartsWith("qemu", StringComparison.Ordinal) ? LegitimateKind.EmulatorWrapper
            : leak.Evidence.Any() && leak.Evidence.All(evidence => evidence.File.StartsWith("nix-support/propagated-", StringComparison.Ordinal)) ? LegitimateKind.PropagatedBuildInputs
            : kind;
    }

    /// <summary>Whether what a cross tool refers to is of the platform that it makes code for.</summary>
    private bool IsForTarget(int tool, StorePath? to) =>
        to is not null && _sided.Graph.TryGetNode(to, out int node)
        && StorePathName.Parse(_sided.Graph.Paths[tool].Name).Target is { } target
        && (_sided.Platforms[node].IsEmpty ? StorePathName.Parse(to.Name).Host?.System == target.System : _sided.Platforms[node].Contains(target.System));

    /// <summary>What a path is in the closure for, when no root that is to run needs it.</summary>
    private LegitimateKind? KindOf(int node) =>
        _isForRunning[node] ? null
        : IsDevelopment(StorePathName.Parse(_sided.Graph.Paths[node].Name)) ? LegitimateKind.DevOutput
        : _hasToolchainRoot ? LegitimateKind.CrossToolchain
        : null;

    private static bool IsDevelopment(StorePathName name) => name.Output is "dev" or "devdoc";
}
