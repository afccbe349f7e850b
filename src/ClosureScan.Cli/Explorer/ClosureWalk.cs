using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Cli.Explorer;

/// <summary>Where one stands in a closure: the paths around, the one under the cursor, the bytes of the reference there, and the way that one came.</summary>
internal sealed class ClosureWalk
{
    private readonly ClosureView _view;
    private readonly Stack<PathList> _trail = new();
    private PathList _here;
    private int _finding = -1;
    private Pane _bytesOf = Pane.Here;

    /// <summary>Begins at the roots.</summary>
    public ClosureWalk(ClosureView view)
    {
        _view = view;
        _here = new PathList(view.Sort(view.Graph.Roots.ToArray(), Order));
        Arrive();
    }

    public SortOrder Order { get; private set; }

    public Pane Focus { get; private set; } = Pane.Here;

    /// <summary>The paths of the middle column; the one under the cursor is where one stands.</summary>
    public PathList Here => _here;

    /// <summary>What refers to it.</summary>
    public PathList Holders { get; private set; } = new([]);

    /// <summary>What it refers to.</summary>
    public PathList Holds { get; private set; } = new([]);

    /// <summary>The names of the paths that one came through.</summary>
    public IEnumerable<string> Trail => _trail.Reverse().Where(list => list.Selected >= 0).Select(list => _view.NameOf(list.Selected));

    /// <summary>The row of <see cref="Evidence"/> under the cursor.</summary>
    public int EvidenceCursor { get; private set; }

    /// <summary>Whether one has come from somewhere.</summary>
    public bool HasTrail => _trail.Count > 0;

    /// <summary>The path that keys are about.</summary>
    public int Selected => Focus switch
    {
        Pane.Holders when Holders.Selected >= 0 => Holders.Selected,
        Pane.Holds when Holds.Selected >= 0 => Holds.Selected,
        _ => Here.Selected,
    };

    /// <summary>The reference under the cursor: both ends, or -1.</summary>
    public (int From, int To) Edge => (Focus == Pane.Bytes ? _bytesOf : Focus, Here.Selected) switch
    {
        (_, < 0) => (-1, -1),
        (Pane.Holders, var node) when Holders.Selected >= 0 => (Holders.Selected, node),
        (Pane.Holds, var node) when Holds.Selected >= 0 => (node, Holds.Selected),
        (_, var node) => (Parent(node), node),
    };

    /// <summary>The bytes behind it; null when they are not known.</summary>
    public FoundReference? Bytes => Edge is ( >= 0 and var from, >= 0 and var to) ? _view.BytesOf(from, to) : null;

    public ImmutableArray<ReferenceEvidence> Evidence => Bytes is { } bytes ? [.. bytes.Evidence] : [];

    /// <summary>Gives the focus to the next pane.</summary>
    public void NextPane()
    {
        _bytesOf = Focus;
        Focus = (Pane)(((int)Focus + 1) % 4);
        EvidenceCursor = 0;
    }

    /// <summary>Sorts by the next order.</summary>
    public void NextOrder()
    {
        Order = (SortOrder)(((int)Order + 1) % Enum.GetValues<SortOrder>().Length);
        _here = _here.Sorted(nodes => _view.Sort(nodes, Order));
        Arrive(keepsFocus: true);
    }

    /// <summary>Moves the cursor of the pane that has the focus.</summary>
    public void Step(int rows)
    {
        switch (Focus)
        {
            case Pane.Holders:
                Holders.Move(rows);
                EvidenceCursor = 0;
                break;
            case Pane.Holds:
                Holds.Move(rows);
                EvidenceCursor = 0;
                break;
            case Pane.Bytes:
                EvidenceCursor = Math.Clamp(EvidenceCursor + rows, 0, Math.Max(0, Evidence.Length - 1));
                break;
            default:
                _here.Move(rows);
                Arrive();
                break;
        }
    }

    /// <summary>Walks into what the focus is on.</summary>
    public void Enter()
    {
        if (Focus == Pane.Holders && Holders.Selected >= 0)
        {
            Go(Holders);
        }
        else if (Holds.Nodes.Count > 0)
        {
            Go(Holds);
        }
    }

    /// <summary>Goes to some paths, with the way back.</summary>
    public void Go(PathList list)
    {
        _trail.Push(_here);
        _here = list;
        Arrive();
    }

    /// <summary>Goes back where one came from, or else to what refers here.</summary>
    public void Back()
    {
        if (_trail.TryPop(out PathList? before))
        {
            _here = before;
            Arrive();
        }
        else if (Holders.Nodes.Count > 0)
        {
            _here = Holders;
            Arrive();
        }
    }

    /// <summary>Goes to the next finding and says which it is.</summary>
    public string NextFinding()
    {
        ImmutableArray<Finding> findings = _view.Report.Findings;
        if (findings.IsEmpty)
        {
            return "No finding.";
        }

        _finding = (_finding + 1) % findings.Length;
        Finding finding = findings[_finding];
        string message = $"Finding {_finding + 1} of {findings.Length}: {finding.Effect.ToName()}, {finding.Rule}";
        if (!_view.Graph.TryGetNode(finding.From, out int from))
        {
            return message;
        }

        // One arrives as if one had walked down its chain.
        _trail.Clear();
        foreach (StorePath path in finding.Chain.TakeWhile(path => !path.Equals(finding.From)))
        {
            _trail.Push(new PathList(_view.Graph.TryGetNode(path, out int node) ? [node] : []));
        }

        _here = new PathList([from]);
        Arrive();
        if (finding.To is { } to && _view.Graph.TryGetNode(to, out int target) && Holds.Nodes.ToList().IndexOf(target) is >= 0 and var index)
        {
            Focus = Pane.Holds;
            Holds.Move(index);
        }

        return message;
    }

    private void Arrive(bool keepsFocus = false)
    {
        int node = _here.Selected;
        Focus = keepsFocus ? Focus : Pane.Here;
        EvidenceCursor = 0;
        Holders = new PathList(node < 0 ? [] : _view.Sort(_view.Graph.Predecessors(node).ToArray(), Order));
        Holds = new PathList(node < 0 ? [] : _view.Sort(_view.Graph.Successors(node).ToArray(), Order));
    }

    /// <summary>The path that one came from, when it refers to the node; else the one before it on a shortest chain; -1 for a root.</summary>
    private int Parent(int node)
    {
        if (_trail.TryPeek(out PathList? before) && before.Selected >= 0 && _view.Graph.FindEdge(before.Selected, node) >= 0)
        {
            return before.Selected;
        }

        return _view.Model.Chains.IsReachable(node) && _view.Model.Chains.Chain(node) is [.., var last, _] ? last : -1;
    }
}
