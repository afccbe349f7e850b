using ClosureScan.Analysis.Explaining;

namespace ClosureScan.Cli.Explorer;

/// <summary>
/// Explores a closure: keys go in, a state comes out, and <see cref="ExplorerDrawing"/> shows it. Knows no terminal: what leaves it are texts to copy and
/// the wish to end.
/// </summary>
internal sealed class ClosureExplorer
{
    private readonly ClosureView _view;
    private readonly string _command;
    private int _change = -1;

    /// <summary>Begins at the roots.</summary>
    /// <param name="view">The closure.</param>
    /// <param name="command">How a call names it, for commands to copy: <c>./result --store …</c>.</param>
    public ClosureExplorer(ClosureView view, string command)
    {
        _view = view;
        _command = command;
        Basket = new Basket(view.Report);
        Walk = new ClosureWalk(view);
    }

    public ClosureView View => _view;

    public Basket Basket { get; }

    /// <summary>Where one stands.</summary>
    public ClosureWalk Walk { get; }

    /// <summary>What lies over the columns; null when nothing does.</summary>
    public Sheet? Sheet { get; private set; }

    /// <summary>What is being searched for; null when nothing is.</summary>
    public string? Search { get; private set; }

    /// <summary>What was done last, for the last line.</summary>
    public string Message { get; private set; } = "";

    /// <summary>What is to be copied, once; null when nothing is.</summary>
    public string? Copied { get; private set; }

    public bool IsEnded { get; private set; }

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
            case { Code: ConsoleKey.Escape } when Walk.HasTrail:
                Walk.Back();
                break;
            case { Character: 'q' }:
                IsEnded = true;
                break;
            case { Code: ConsoleKey.Tab }:
                Walk.NextPane();
                break;
            case { Code: ConsoleKey.RightArrow } or { Code: ConsoleKey.Enter }:
                Walk.Enter();
                break;
            case { Code: ConsoleKey.LeftArrow } or { Character: 'h' }:
                Walk.Back();
                break;
            case { Character: '/' }:
                Search = "";
                Message = "";
                break;
            case { Character: 's' }:
                Walk.NextOrder();
                break;
            case { Character: 'l' }:
                Message = Walk.NextFinding();
                break;
            case { Character: 'x' }:
                MarkSelected();
                break;
            case { Character: 'y' }:
                Copy(Walk.Selected >= 0 ? _view.PathOf(Walk.Selected).ToString() : "");
                break;
            case { Character: 'Y' }:
                Copy(Command());
                break;
            case { Character: 'd' }:
                ShowChanges();
                break;
            default:
                if (!Move(key, Walk.Step))
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
                    Walk.Go(new PathList(found));
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
    public int[] Matches => string.IsNullOrEmpty(Search) ? [] : _view.Sort(_view.Search(Search), Walk.Order);

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
                Walk.Go(new PathList([node]));
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

    private void MarkSelected()
    {
        ProposedEdit? edit = (Walk.Focus, Walk.Edge) switch
        {
            (Pane.Here, _) when Walk.Here.Selected >= 0 => Basket.OfPath(_view.PathOf(Walk.Here.Selected)),
            (Pane.Bytes, ( >= 0 and var from, _)) when Walk.Evidence.Length > 0 && Walk.Evidence[Walk.EvidenceCursor].File.Length > 0 => Basket.OfFile(_view.PathOf(from), Walk.Evidence[Walk.EvidenceCursor].File),
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
        : Walk.Selected >= 0 ? $"closurescan why {_command} {_view.PathOf(Walk.Selected).BaseName}" : "";

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
