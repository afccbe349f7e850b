using ClosureScan.Analysis.Explaining;
using ClosureScan.Cli.Rendering;

namespace ClosureScan.Cli.Explorer;

/// <summary>A row of a <see cref="Sheet"/>: what it says, where Enter leads, and what x marks.</summary>
internal sealed record SheetRow(string Text, Style Style = Style.Plain, int Node = -1, ProposedEdit? Edit = null);

/// <summary>A list that lies over the columns until it is closed: chains, holders, the cut, the basket, help.</summary>
/// <param name="title">What it is.</param>
/// <param name="rows">Its rows.</param>
/// <param name="isFiltered">Whether letters narrow it, instead of being keys.</param>
internal sealed class Sheet(string title, IReadOnlyList<SheetRow> rows, bool isFiltered = false)
{
    private PathList _shown = new([.. Enumerable.Range(0, rows.Count)]);

    public string Title => title;

    public bool IsFiltered => isFiltered;

    /// <summary>What narrows it.</summary>
    public string Filter { get; private set; } = "";

    /// <summary>The row under the cursor; null when there is none.</summary>
    public SheetRow? Selected => _shown.Selected < 0 ? null : rows[_shown.Selected];

    public IEnumerable<ProposedEdit> Edits => rows.Select(row => row.Edit).OfType<ProposedEdit>();

    public void Move(int by) => _shown.Move(by);

    public void FilterBy(string text)
    {
        Filter = text;
        _shown = new([.. Enumerable.Range(0, rows.Count).Where(row => rows[row].Text.Contains(text, StringComparison.OrdinalIgnoreCase))]);
    }

    /// <summary>Draws it over a whole screen but the last line.</summary>
    public void Draw(Grid grid, Func<string, bool> isMarked)
    {
        grid.Clear(0, 0, grid.Width, grid.Height - 1);
        grid.Put(0, 0, title + (isFiltered && Filter.Length > 0 ? $": {Filter}" : ""), grid.Width, Style.Strong);
        int room = Math.Max(1, grid.Height - 3);
        int top = _shown.TopFor(room);
        for (int i = 0; i < room && top + i < _shown.Nodes.Count; i++)
        {
            SheetRow row = rows[_shown.Nodes[top + i]];
            grid.Put(0, 2 + i, row.Edit is { } edit && isMarked(edit.Text) ? "x" : " ", 1, Style.Accent);
            grid.Put(2, 2 + i, row.Text, grid.Width - 2, row.Style);
            if (top + i == _shown.Cursor)
            {
                grid.Mark(0, 2 + i, grid.Width);
            }
        }

        if (_shown.Nodes.Count == 0)
        {
            grid.Put(2, 2, "nothing", grid.Width - 2, Style.Dim);
        }
    }
}
