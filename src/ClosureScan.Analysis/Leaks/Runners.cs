using System.Text.RegularExpressions;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Model;
using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Leaks;

/// <summary>
/// Tells the scripts that run on the build machine and carry another machine's system: <c>run-…-vm</c> starts it in an emulator, <c>stream-…</c> and the
/// builders of disk images pack it. What they name, and start through none of their own scripts, is cargo, with the texts that only it needs.
/// </summary>
internal sealed partial class Runners
{
    private readonly ClosureModel _model;
    private readonly SidedClosure _sided;
    private readonly HashSet<int> _carriers = [];

    public Runners(ClosureModel model, SidedClosure sided)
    {
        _model = model;
        _sided = sided;
        foreach (int root in sided.Graph.Roots)
        {
            if (sided.Code[root] is { Programs.Total: 0, Libraries.Total: 0 } && IsRunner(root))
            {
                _carriers.Add(root);
            }
        }

        Queue<int> queue = new(_carriers);
        while (queue.TryDequeue(out int node))
        {
            foreach (int successor in sided.Graph.Successors(node))
            {
                if (sided.Sides[successor] == PathSide.Neutral && IsCarried(node, successor) && _carriers.Add(successor))
                {
                    queue.Enqueue(successor);
                }
            }
        }
    }

    /// <summary>Whether what a finding is about is cargo of the path that holds it.</summary>
    public bool Carries(int node, Finding finding) =>
        _carriers.Contains(node) && finding.To is not null && finding.Evidence.Any() && (!_sided.Graph.Roots.Contains(node) || finding.Evidence.All(IsNamed));

    private bool IsCarried(int node, int successor) =>
        !_sided.Graph.Roots.Contains(node) || (_model.FindReference(node, successor)?.Evidence.All(IsNamed) ?? false);

    private static bool IsNamed(ReferenceEvidence evidence) =>
        evidence.Mechanism != Mechanism.Shebang && evidence.Usage is not (Usage.Executes or Usage.Loads or Usage.Searches);

    /// <summary>Whether a root is one by its name, or starts an emulator.</summary>
    private bool IsRunner(int root)
    {
        if (Names().IsMatch(_sided.Graph.Paths[root].Name))
        {
            return true;
        }

        foreach (int successor in _sided.Graph.Successors(root))
        {
            if (_sided.Sides[successor] == PathSide.Host && _sided.Graph.Paths[successor].Name.StartsWith("qemu", StringComparison.Ordinal)
                && _model.FindReference(root, successor)?.Evidence.Any(evidence => evidence.Usage == Usage.Executes) == true)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("^(run-.*-vm|(.*-)?vm|stream-.*|microvm-.*|disko.*|.*-disko|.*image-builder.*|make-disk-image.*|.*-image-script|nixos-anywhere.*|.*-flash(-script)?)$")]
    private static partial Regex Names();
}
