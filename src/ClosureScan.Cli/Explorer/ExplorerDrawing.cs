using System.Collections.Immutable;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Cli.Rendering;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Cli.Explorer;

/// <summary>Draws an explorer's state: three columns, what is known of the path under the cursor, the basket, and a line for words.</summary>
internal sealed class ExplorerDrawing(ClosureExplorer explorer, Grid grid)
{
    private const int LeastWidth = 40;
    private const int LeastHeight = 10;
    private const int SizeWidth = 8;

    private readonly ClosureView _view = explorer.View;

    public static Grid Draw(ClosureExplorer explorer, int width, int height)
    {
        Grid grid = new(width, height);
        new ExplorerDrawing(explorer, grid).Draw();
        return grid;
    }

    private void Draw()
    {
        if (grid.Width < LeastWidth || grid.Height < LeastHeight)
        {
            grid.Put(0, 0, $"{LeastWidth} × {LeastHeight} at least", grid.Width);
            return;
        }

        int details = Math.Clamp(grid.Height / 3, 4, 12);
        DrawTitle();
        DrawColumns(1, grid.Height - details - 3);
        DrawDetails(grid.Height - details - 1, details - 1);
        explorer.Sheet?.Draw(grid, explorer.Basket.Has);
        DrawBasket(grid.Height - 2);
        DrawLastLine(grid.Height - 1);
    }

    private void DrawTitle()
    {
        ClosureReport report = _view.Report;
        string where = string.Join(" › ", explorer.Walk.Trail.Select(name => ShortName.Fit(name, 24)));
        grid.Put(0, 0, where.Length > 0 ? where : "closurescan explore", grid.Width - 34, Style.Dim);
        grid.PutRight(grid.Width, 0, $"{Quantity.Bytes(report.ClosureSize)}, {Quantity.Count(report.Paths.Length, "path")}, by {explorer.Walk.Order.ToString().ToLowerInvariant()}", Style.Strong);
    }

    private void DrawColumns(int top, int rows)
    {
        int side = grid.Width / 4;
        int middle = grid.Width - (2 * side) - 2;
        int[] found = explorer.Matches;
        PathList here = explorer.Search is { Length: > 0 } ? new PathList(found) : explorer.Walk.Here;
        string title = explorer.Search is { Length: > 0 } text ? $"{Quantity.Count(found.Length, "path")} with \"{text}\"" : "here";
        DrawColumn(0, top, side, rows, $"held by {explorer.Walk.Holders.Nodes.Count}", explorer.Walk.Holders, Pane.Holders);
        DrawColumn(side + 1, top, middle, rows, title, here, Pane.Here);
        DrawColumn(side + middle + 2, top, side, rows, $"holds {explorer.Walk.Holds.Nodes.Count}", explorer.Walk.Holds, Pane.Holds);
        for (int y = top; y < top + rows; y++)
        {
            grid.Put(side, y, "│", 1, Style.Dim);
            grid.Put(side + middle + 1, y, "│", 1, Style.Dim);
        }
    }

    private void DrawColumn(int x, int y, int width, int rows, string title, PathList list, Pane pane)
    {
        grid.Put(x, y, title, width, explorer.Walk.Focus == pane ? Style.Strong : Style.Dim);
        int top = list.TopFor(rows - 1);
        for (int i = 0; i < rows - 1 && top + i < list.Nodes.Count; i++)
        {
            DrawPath(x, y + 1 + i, width, list.Nodes[top + i], pane);
            if (top + i == list.Cursor && (explorer.Walk.Focus == pane || pane == Pane.Here))
            {
                grid.Mark(x, y + 1 + i, width);
            }
        }
    }

    private void DrawPath(int x, int y, int width, int node, Pane pane)
    {
        Effect? worst = _view.WorstAt(node);
        Style style = worst == Effect.Breaks ? Style.Bad : _view.IsForeign(node) || worst is not null ? Style.Warning : Style.Plain;
        grid.Put(x, y, IsMarked(node, pane) ? "x" : worst == Effect.Breaks ? "!" : worst is not null ? "~" : " ", 1, style);
        string size = Quantity.Bytes(explorer.Walk.Order switch
        {
            SortOrder.Self => _view.Graph.NarSize(node),
            SortOrder.Closure => _view.ClosureSize(node) ?? 0,
            _ => _view.AddedSize(node),
        });
        bool hasRoom = width >= 26;
        if (hasRoom)
        {
            grid.PutRight(x + 1 + SizeWidth, y, size.Replace(" ", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal), Style.Dim);
        }

        int name = hasRoom ? SizeWidth + 2 : 2;
        grid.Put(x + name, y, ShortName.Fit(_view.NameOf(node), width - name), width - name, style);
    }

    private bool IsMarked(int node, Pane pane) => explorer.Basket.Has(Basket.OfPath(_view.PathOf(node)).Text) || (pane, explorer.Walk.Here.Selected) switch
    {
        (Pane.Holders, >= 0 and var here) => explorer.Basket.Has(Basket.OfReference(_view.PathOf(node), _view.PathOf(here)).Text),
        (Pane.Holds, >= 0 and var here) => explorer.Basket.Has(Basket.OfReference(_view.PathOf(here), _view.PathOf(node)).Text),
        _ => false,
    };

    private void DrawDetails(int top, int rows)
    {
        grid.Put(0, top - 1, new string('─', grid.Width), grid.Width, Style.Dim);
        if (explorer.Walk.Selected < 0)
        {
            return;
        }

        int node = explorer.Walk.Selected;
        AnalyzedPath path = _view.Report.Paths[node];
        string closure = _view.ClosureSize(node) is { } size ? Quantity.Bytes(size) : "…";
        grid.Put(0, top, path.Path.BaseName, grid.Width, Style.Strong);
        grid.Put(0, top + 1, $"{Quantity.Bytes(path.NarSize)} itself, {Quantity.Bytes(path.AddedSize)} with what only it holds, {closure} in all", grid.Width);
        grid.Put(0, top + 2, $"{path.Side.ToName()}: {path.Because}{Findings(node)}", grid.Width, _view.IsForeign(node) ? Style.Warning : Style.Plain);
        DrawEdge(top + 3, rows - 3);
    }

    private string Findings(int node)
    {
        IReadOnlyList<Finding> found = _view.FindingsAt(node);
        return found.Count == 0 ? "" : $"; {Quantity.Count(found.Count, "finding")}: {string.Join(", ", found.Select(finding => finding.Rule).Distinct())}";
    }

    private void DrawEdge(int top, int rows)
    {
        if (explorer.Walk.Edge is not ( >= 0 and var from, >= 0 and var to))
        {
            grid.Put(0, top, "a root: the closure was asked for it", rows > 0 ? grid.Width : 0, Style.Dim);
            return;
        }

        ImmutableArray<ReferenceEvidence> evidence = explorer.Walk.Evidence;
        string count = explorer.Walk.Bytes is { } bytes ? Quantity.Count(bytes.FileCount, "file") : _view.IsRead(from) ? "registered, and in no byte" : "being read, or not there to be read";
        if (rows > 0)
        {
            grid.Put(0, top, $"{ShortName.Fit(_view.NameOf(from), grid.Width / 3)} → {ShortName.Fit(_view.NameOf(to), grid.Width / 3)}: {count}", grid.Width, explorer.Walk.Focus == Pane.Bytes ? Style.Strong : Style.Accent);
        }

        int shown = Math.Max(1, rows - 2);
        int first = Math.Max(0, explorer.Walk.EvidenceCursor - shown + 1);
        int y = top + 1;
        for (int i = first; i < evidence.Length && y < top + rows; i++, y++)
        {
            bool isMarked = explorer.Basket.Has(Basket.OfFile(_view.PathOf(from), evidence[i].File.Length == 0 ? "." : evidence[i].File).Text);
            grid.Put(0, y, isMarked ? "x" : " ", 1, Style.Accent);
            grid.Put(2, y, $"{EvidenceText.Place(evidence[i])} {EvidenceText.Where(evidence[i])}", grid.Width - 2);
            if (i == explorer.Walk.EvidenceCursor)
            {
                if (explorer.Walk.Focus == Pane.Bytes)
                {
                    grid.Mark(0, y, grid.Width);
                }

                y += Wrap(y + 1, Math.Min(top + rows - y - 1, i == evidence.Length - 1 ? 3 : 1), evidence[i].Context?.Trim() ?? "", Style.Dim);
            }
        }

        DrawFix(y, top + rows - y, from, to);
    }

    /// <summary>What mends the reference, where it is a finding and there is room.</summary>
    private void DrawFix(int y, int rows, int from, int to)
    {
        Finding? finding = _view.FindingsAt(from).FirstOrDefault(finding => finding.To is { } target && target.Equals(_view.PathOf(to)));
        if (finding is not null)
        {
            Wrap(y, rows, $"fix: {finding.Fix}", Style.Good);
        }
    }

    /// <summary>Writes text over some lines; gives how many it took.</summary>
    private int Wrap(int y, int rows, string text, Style style)
    {
        int room = grid.Width - 4;
        int lines = 0;
        for (; text.Length > 0 && lines < rows; lines++)
        {
            bool isLast = text.Length <= room || lines + 1 == rows;
            int blank = isLast ? -1 : text.LastIndexOf(' ', room);
            int length = isLast ? text.Length : blank > room / 2 ? blank : room;
            grid.Put(4, y + lines, text[..length], room, style);
            text = text[length..].TrimStart();
        }

        return lines;
    }

    private void DrawBasket(int y)
    {
        grid.Clear(0, y, grid.Width, 1);
        if (explorer.Basket.Outcome is { } outcome)
        {
            int findings = outcome.FindingsGone.Length + outcome.FindingsLeft.Length;
            grid.Put(0, y, $"basket: {Quantity.Count(outcome.Edits.Length, "edit")} free {Quantity.Bytes(outcome.FreedBytes)}, end {outcome.FindingsGone.Length} of {Quantity.Count(findings, "finding")}", grid.Width, Style.Good);
        }
    }

    private void DrawLastLine(int y)
    {
        grid.Clear(0, y, grid.Width, 1);
        string text = explorer switch
        {
            { Search: { } search } => $"/{search}_  Enter goes there, Esc back",
            { Message.Length: > 0 } => explorer.Message,
            { Sheet.IsFiltered: true } => "letters narrow, Esc closes",
            { Sheet: not null } => "Enter goes there, x marks, Esc closes",
            _ => "? keys  / search  l finding  w why  W who  x mark  c cut  s sort  y copy  q end",
        };
        grid.Put(0, y, text, grid.Width, explorer.Search is not null || explorer.Message.Length > 0 ? Style.Accent : Style.Dim);
    }
}
