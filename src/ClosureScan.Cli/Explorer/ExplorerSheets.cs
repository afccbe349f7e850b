using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Cli.Rendering;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Cli.Explorer;

/// <summary>What keys lay over the columns.</summary>
internal static class ExplorerSheets
{
    private const int MostReferences = 500;
    private const int FilesShown = 3;

    private static readonly (string Keys, string Meaning)[] Help =
    [
        ("↑ ↓ j k", "up and down in a column; PgUp, PgDn, Home g, End G farther"),
        ("→ Enter", "into what the path holds; in the left column, to who holds it"),
        ("← h Esc", "back; from a root to who holds it"),
        ("Tab", "the next part: here, holds, bytes, held by"),
        ("/", "search the closure by a part of a name or hash"),
        ("s", "sort by added size, self, closure size, name, findings"),
        ("l", "the next finding, with the reference that it is about"),
        ("w", "all chains to here, with the file and the byte of each link"),
        ("W", "who holds it, with the file and the byte"),
        ("x", "into the basket, or out: a path, in another column a reference, in the bytes a file"),
        ("b", "the basket: what it frees together, and which findings end"),
        ("c", "the cut that is proposed: x takes an edit into the basket, a all of them"),
        ("d", "what came, changed, went, where --before gave a closure to compare with"),
        ("y", "copy the whole path, also over ssh and out of tmux"),
        ("Y", "copy the command that shows this"),
        ("?", "this help; letters narrow it"),
        ("Ctrl-Z", "to the shell, and back with fg"),
        ("q", "end"),
    ];

    /// <summary>The kinds of changes, in the order in which d shows them.</summary>
    public static string[] Changes { get; } = ["came", "changed", "went"];

    /// <summary>The sheet that a key opens; null when it opens none.</summary>
    public static Sheet? Of(char key, ClosureExplorer explorer) => key switch
    {
        '?' => new Sheet("Keys", [.. Help.Select(row => new SheetRow($"{row.Keys,-8} {row.Meaning}"))], isFiltered: true),
        'w' when explorer.Walk.Selected >= 0 => OfReferences(explorer, WhyScope.AllChains, "All chains to"),
        'W' when explorer.Walk.Selected >= 0 => OfReferences(explorer, WhyScope.Referrers, "Who holds"),
        'b' => OfBasket(explorer.Basket),
        'c' => OfCut(explorer.View),
        _ => null,
    };

    public static Sheet OfChanges(ClosureView view, string kind)
    {
        PathChange[] changes = [.. view.Diff!.Changes.Where(change => kind == (change.Before is null ? "came" : change.After is null ? "went" : "changed"))];
        return new Sheet(
            $"{changes.Length} {kind}, {Signed(changes.Sum(change => change.Delta))}; d: what else",
            [.. changes.SelectMany(change => RowsOf(view, change))]);
    }

    private static IEnumerable<SheetRow> RowsOf(ClosureView view, PathChange change)
    {
        int node = change.After is { } after && view.Graph.TryGetNode(after, out int found) ? found : -1;
        yield return new SheetRow($"{Signed(change.Delta),11}  {(change.After ?? change.Before)!.Name}", change.Before is null ? Style.Warning : Style.Plain, node);
        if (change.BroughtBy is { } edge)
        {
            ReferenceEvidence? evidence = change.Evidence.FirstOrDefault();
            yield return new SheetRow($"{"",11}    brought by {ShortName.WithoutTriple(edge.From.Name)}{(evidence is null ? "" : $": {EvidenceText.Place(evidence)} {EvidenceText.Where(evidence)}")}", Style.Dim, node);
        }
    }

    private static Sheet OfReferences(ClosureExplorer explorer, WhyScope scope, string title)
    {
        ClosureView view = explorer.View;
        StorePath target = view.PathOf(explorer.Walk.Selected);
        WhyReport why = WhyPlan.Create(view.Graph, [target], scope, MostReferences).Explain(view.Report);
        string more = why.ReferenceCount > why.References.Length ? $", the first {why.References.Length}" : "";
        return new Sheet($"{title} {target.Name}: {Quantity.Count(why.ReferenceCount, "reference")}{more}", [.. why.References.SelectMany(reference => RowsOf(view, reference, scope))]);
    }

    private static IEnumerable<SheetRow> RowsOf(ClosureView view, ExplainedReference reference, WhyScope scope)
    {
        ProposedEdit edit = Basket.OfReference(reference.From, reference.To);
        int node = view.Graph.TryGetNode(reference.From, out int from) ? from : -1;
        yield return new SheetRow(scope == WhyScope.Referrers ? reference.From.Name : $"{ShortName.WithoutTriple(reference.From.Name)} → {ShortName.WithoutTriple(reference.To.Name)}", Style.Plain, node, edit);
        FoundReference? found = node >= 0 && view.Graph.TryGetNode(reference.To, out int to) ? view.BytesOf(node, to) : null;
        foreach (ReferenceEvidence evidence in (found?.Evidence ?? reference.Evidence).Take(FilesShown))
        {
            yield return new SheetRow($"    {EvidenceText.Place(evidence)} {EvidenceText.Where(evidence)}", Style.Dim, node);
        }
    }

    private static Sheet OfBasket(Basket basket)
    {
        if (basket.Outcome is not { } outcome)
        {
            return new Sheet("The basket is empty: x takes in what is under the cursor", []);
        }

        return new Sheet(
            $"The basket frees {Quantity.Bytes(outcome.FreedBytes)} in {Quantity.Count(outcome.Freed.Length, "path")}, and ends {outcome.FindingsGone.Length} of {Quantity.Count(outcome.FindingsGone.Length + outcome.FindingsLeft.Length, "finding")}",
            [
                .. basket.Edits.Select(edit => new SheetRow(Basket.Describe(edit), Style.Strong, Edit: edit)),
                .. outcome.FindingsGone.Select(finding => new SheetRow($"ends   {finding.Key}", Style.Good)),
                .. outcome.FindingsLeft.Select(finding => new SheetRow($"leaves {finding.Key}", finding.Effect == Effect.Breaks ? Style.Bad : Style.Warning)),
                .. outcome.Freed.OrderByDescending(path => path.NarSize).Select(path => new SheetRow($"frees  {Quantity.Bytes(path.NarSize),9}  {path.Path.Name}", Style.Dim)),
            ]);
    }

    private static Sheet OfCut(ClosureView view)
    {
        ClosureCut cut = view.Report.Cut();
        return new Sheet(
            cut.Edits.IsEmpty ? "There is nothing to cut" : $"{Quantity.Count(cut.EditCount, "edit")} {(cut.EditCount == 1 ? "frees" : "free")} {Quantity.Bytes(cut.FreedBytes)}; x takes one into the basket, a all",
            [.. cut.Edits.SelectMany(edit => RowsOf(view, edit))]);
    }

    private static IEnumerable<SheetRow> RowsOf(ClosureView view, ClosureEdit edit)
    {
        int node = view.Graph.TryGetNode(edit.From, out int from) ? from : -1;
        ProposedEdit? proposed = edit.To is { } to ? Basket.OfReference(edit.From, to) : null;
        yield return new SheetRow(edit.To is { } target ? $"{ShortName.WithoutTriple(edit.From.Name)} → {ShortName.WithoutTriple(target.Name)}, {Quantity.Bytes(edit.FreedAlone)} alone" : $"{edit.From.Name}: build anew, or leave out", Style.Plain, node, proposed);
        foreach (string file in edit.Files.Take(FilesShown))
        {
            yield return new SheetRow($"    {file}", Style.Dim, node);
        }
    }

    private static string Signed(long bytes) => (bytes > 0 ? "+" : "") + Quantity.Bytes(bytes);
}
