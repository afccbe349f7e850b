using System.Collections.Immutable;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Cli.Explorer;

/// <summary>
/// Walks a closure: keys go in, a state comes out, and <see cref="ExplorerDrawing"/> shows it. Knows no terminal: what leaves it are texts to copy and
/// the wish to end.
/// </summary>
internal sealed class ClosureExplorer
{
    private readonly ClosureView _view;
    private readonly string _command;
    private readonly Stack<PathList> _trail = new();
    private PathList _here;
    private int _finding = -1;
    private int _change = -1;
    private Pane _bytesOf = Pane.Here;

    /// <summary>Begins at the roots.</summary>
    /// <param name="view">The closure.</param>
    /// <param name="command">How a call names it, for commands to copy: <c>./result --store …</c>.</param>
    public ClosureExplorer(ClosureView view, string command)
    {
        _view = view;
        _command = command;
        Basket = new Basket(view.Report);
        _here = new PathList(view.Sort(view.Graph.Roots.ToArray(), Order));
        Arrive();
    }

    public ClosureView View => _view;

    public Basket Basket { get; }

    public SortOrder Order { get; private set; }

    public Pane Focus { get; private set; } = Pane.Here;

    public PathList Here => _here;

    public PathList Holders { get; private set; } = new([]);

    public PathList Holds { get; private set; } = new([]);

    /// <summary>The names of the paths that one came through.</summary>
    public IEnumerable<string> Trail => _trail.Reverse().Where(list => list.Selected >= 0).Select(list => _view.NameOf(list.Selected));

    /// <summary>The row of <see cref="Evidence"/> under the cursor.</summary>
    public int EvidenceCursor { get; private set; }

    /// <summary>What lies over the columns; null when nothing does.</summary>
    public Sheet? Sheet { get; private set; }

    /// <summary>What is being searched for; null when nothing is.</summary>
    public string? Search { get; private set; }

    /// <summary>What was done last, for the last line.</summary>
    public string Message { get; private set; } = "";

    /// <summary>What is to be copied, once; null when nothing is.</summary>
    public string? Copied { get; private set; }

    public bool IsEnded { get; private set; }

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

    /// <summary>Does what a key says.</summary>
    public void Handle(ExplorerKey key)
    {
        Message = "";
        Copied = null;
        if (key is { Code: ConsoleKey.C or ConsoleKey.D, Control: true })
        {
            IsEnded = true;
        }
        else if (Search is not null)
        {
            HandleSearch(key);
        }
        else if (Sheet is not null)
        {
            HandleSheet(key);
        }
        else
        {
            HandleWalk(key);
        }
    }

    private void HandleWalk(ExplorerKey key)
    {
        switch (key)
        {
            case { Code: ConsoleKey.Escape } when _trail.Count > 0:
                Back();
                break;
            case { Character: 'q' }:
                IsEnded = true;
                break;
            case { Code: ConsoleKey.Tab }:
                _bytesOf = Focus;
                Focus = (Pane)(((int)Focus + 1) % 4);
                EvidenceCursor = 0;
                break;
            case { Code: ConsoleKey.RightArrow } or { Code: ConsoleKey.Enter }:
                Enter();
                break;
            case { Code: ConsoleKey.LeftArrow } or { Character: 'h' }:
                Back();
                break;
            case { Character: '/' }:
                Search = "";
                Message = "";
                break;
            case { Character: 's' }:
                Order = (SortOrder)(((int)Order + 1) % Enum.GetValues<SortOrder>().Length);
                _here = _here.Sorted(nodes => _view.Sort(nodes, Order));
                Arrive(keepsFocus: true);
                break;
            case { Character: 'l' }:
                NextFinding();
                break;
            case { Character: 'x' }:
                MarkSelected();
                break;
            case { Character: 'y' }:
                Copy(Selected >= 0 ? _view.PathOf(Selected).ToString() : "");
                break;
            case { Character: 'Y' }:
                Copy(Command());
                break;
            case { Character: 'd' }:
                ShowChanges();
                break;
            default:
                if (!Move(key, Step))
                {
                    Sheet = ExplorerSheets.Of(key.Character, this) ?? Sheet;
                }

                break;
        }
    }

    private void HandleSearch(ExplorerKey key)
    {
        string text = Search!;
        switch (key)
        {
            case { Code: ConsoleKey.Escape }:
                Search = null;
                return;
            case { Code: ConsoleKey.Enter }:
                int[] found = Matches;
                Search = null;
                if (found.Length > 0)
                {
                    Go(new PathList(found));
                }

                return;
            case { Code: ConsoleKey.Backspace }:
                Search = text.Length > 0 ? text[..^1] : null;
                return;
            default:
                Search = key.Character >= ' ' ? text + key.Character : text;
                return;
        }
    }

    /// <summary>The paths that the search finds, sorted.</summary>
    public int[] Matches => string.IsNullOrEmpty(Search) ? [] : _view.Sort(_view.Search(Search), Order);

    private void HandleSheet(ExplorerKey key)
    {
        Sheet sheet = Sheet!;
        switch (key)
        {
            case { Code: ConsoleKey.Escape }:
                Sheet = null;
                break;
            case { Code: ConsoleKey.Backspace } when sheet.IsFiltered:
                sheet.FilterBy(sheet.Filter.Length > 0 ? sheet.Filter[..^1] : "");
                break;
            case { Character: >= ' ' } when sheet.IsFiltered:
                sheet.FilterBy(sheet.Filter + key.Character);
                break;
            case { Character: 'q' }:
                Sheet = null;
                break;
            case { Character: 'x' } when sheet.Selected?.Edit is { } edit:
                Mark(edit);
                sheet.Move(1);
                break;
            case { Character: 'a' } when sheet.Edits.Any():
                Basket.AddAll(sheet.Edits);
                break;
            case { Character: 'Y' }:
                Copy(Command());
                break;
            case { Character: 'd' } when _change >= 0:
                ShowChanges();
                break;
            case { Code: ConsoleKey.Enter } when sheet.Selected is { Node: >= 0 and var node }:
                Sheet = null;
                Go(new PathList([node]));
                break;
            default:
                Move(key, sheet.Move);
                break;
        }
    }

    private static bool Move(ExplorerKey key, Action<int> move)
    {
        int? by = key switch
        {
            { Code: ConsoleKey.DownArrow } or { Character: 'j' } => 1,
            { Code: ConsoleKey.UpArrow } or { Character: 'k' } => -1,
            { Code: ConsoleKey.PageDown } => 10,
            { Code: ConsoleKey.PageUp } => -10,
            { Code: ConsoleKey.Home } or { Character: 'g' } => -int.MaxValue / 2,
            { Code: ConsoleKey.End } or { Character: 'G' } => int.MaxValue / 2,
            _ => null,
        };
        if (by is { } rows)
        {
            move(rows);
        }

        return by is not null;
    }

    private void Step(int rows)
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

    /// <summary>The path that keys are about.</summary>
    public int Selected => Focus switch
    {
        Pane.Holders when Holders.Selected >= 0 => Holders.Selected,
        Pane.Holds when Holds.Selected >= 0 => Holds.Selected,
        _ => Here.Selected,
    };

    private void Enter()
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

    private void Go(PathList list)
    {
        _trail.Push(_here);
        _here = list;
        Arrive();
    }

    private void Back()
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

    private void NextFinding()
    {
        ImmutableArray<Finding> findings = _view.Report.Findings;
        if (findings.IsEmpty)
        {
            Message = "No finding.";
            return;
        }

        _finding = (_finding + 1) % findings.Length;
        Finding finding = findings[_finding];
        Message = $"Finding {_finding + 1} of {findings.Length}: {finding.Effect.ToName()}, {finding.Rule}";
        if (!_view.Graph.TryGetNode(finding.From, out int from))
        {
            return;
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
    }

    private void MarkSelected()
    {
        ProposedEdit? edit = (Focus, Edge) switch
        {
            (Pane.Here, _) when Here.Selected >= 0 => Basket.OfPath(_view.PathOf(Here.Selected)),
            (Pane.Bytes, ( >= 0 and var from, _)) when Evidence.Length > 0 && Evidence[EvidenceCursor].File.Length > 0 => Basket.OfFile(_view.PathOf(from), Evidence[EvidenceCursor].File),
            (Pane.Holders or Pane.Holds, ( >= 0 and var from, >= 0 and var to)) => Basket.OfReference(_view.PathOf(from), _view.PathOf(to)),
            _ => null,
        };
        if (edit is not null)
        {
            Mark(edit);
        }
    }

    private void Mark(ProposedEdit edit)
    {
        Basket.Toggle(edit);
        Message = Basket.Has(edit.Text) ? $"In the basket: {Basket.Describe(edit)}" : $"Out of the basket: {Basket.Describe(edit)}";
    }

    private void Copy(string text)
    {
        Copied = text.Length > 0 ? text : null;
        Message = text.Length > 0 ? $"Copied: {text}" : "";
    }

    /// <summary>The command that shows what is on the screen.</summary>
    private string Command() => Basket.Edits.Count > 0
        ? $"closurescan what-if {_command}{string.Concat(Basket.Edits.Select(edit => $" --drop '{edit.Text}'"))}"
        : Selected >= 0 ? $"closurescan why {_command} {_view.PathOf(Selected).BaseName}" : "";

    private void ShowChanges()
    {
        _change = _view.Diff is null ? -1 : (_change + 1) % (ExplorerSheets.Changes.Length + 1);
        Sheet = _change >= 0 && _change < ExplorerSheets.Changes.Length ? ExplorerSheets.OfChanges(_view, ExplorerSheets.Changes[_change]) : null;
        if (Sheet is null)
        {
            _change = -1;
            Message = _view.Diff is null ? "Nothing to compare with: begin with --before CLOSURE." : "";
        }
    }
}
