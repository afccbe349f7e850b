using System.Collections.Frozen;
using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
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

    public LegitimateCode(SidedClosure sided, FrozenSet<LegitimateKind> accepted)
    {
        _accepted = accepted;
        _sided = sided;
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

    /// <summary>Whether foreign files of a path are right there; they are then listed.</summary>
    public bool Takes(int node, PlatformTally tally)
    {
        if (KindOf(node, tally) is not { } kind || !_accepted.Contains(kind))
        {
            return false;
        }

        List(kind, node, tally);
        return true;
    }

    /// <summary>Lists what of a path is on the host's side only because its kind is accepted.</summary>
    public void ListExplained(int node, PathScan scan)
    {
        foreach (PlatformTally tally in scan.Platforms.Where(tally => PathClassifier.IsCode(tally.Role) && _sided.Classifier.IsOfCompatibleWords(tally.Platform)))
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

    private LegitimateKind? KindOf(int node, PlatformTally tally) => tally.Domain switch
    {
        FileDomain.Firmware => LegitimateKind.Firmware,
        FileDomain.BootCode => LegitimateKind.BootCode,
        FileDomain.GuestCode => LegitimateKind.GuestCode,
        FileDomain.TestInput => LegitimateKind.TestInput,
        FileDomain.TargetSysroot => LegitimateKind.TargetSysroot,
        FileDomain.PrebuiltVariants => LegitimateKind.PrebuiltVariants,
        _ => tally.Role switch
        {
            FileRole.Kernel => LegitimateKind.KernelModule,
            FileRole.Auxiliary => tally.Platform switch
            {
                { Cpu: "bpf" } => LegitimateKind.BpfProgram,
                { Cpu: var cpu } when cpu.StartsWith("bytecode", StringComparison.Ordinal) => LegitimateKind.PortableCode,
                { Kernel: "uefi" } => LegitimateKind.BootCode,
                _ => LegitimateKind.AcceleratorCode,
            },
            _ => KindOf(node),
        },
    };

    private LegitimateKind? KindOf(int node, Finding leak)
    {
        LegitimateKind? kind = KindOf(node);
        return kind != LegitimateKind.DevOutput ? kind
            : StorePathName.Parse((leak.To ?? leak.From).Name).PackageName.StartsWith("qemu", StringComparison.Ordinal) ? LegitimateKind.EmulatorWrapper
            : leak.Evidence.Any() && leak.Evidence.All(evidence => evidence.File.StartsWith("nix-support/propagated-", StringComparison.Ordinal)) ? LegitimateKind.PropagatedBuildInputs
            : kind;
    }

    /// <summary>What a path is in the closure for, when no root that is to run needs it.</summary>
    private LegitimateKind? KindOf(int node) =>
        _isForRunning[node] ? null
        : IsDevelopment(StorePathName.Parse(_sided.Graph.Paths[node].Name)) ? LegitimateKind.DevOutput
        : _hasToolchainRoot ? LegitimateKind.CrossToolchain
        : null;

    private static bool IsDevelopment(StorePathName name) => name.Output is "dev" or "devdoc";
}
