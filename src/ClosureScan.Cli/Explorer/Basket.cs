using ClosureScan.Analysis;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Policy;
using ClosureScan.Paths;

namespace ClosureScan.Cli.Explorer;

/// <summary>Edits that were marked, with what they would do together: the answer of <c>what-if</c>, asked anew after each mark.</summary>
internal sealed class Basket(ClosureReport report)
{
    private readonly List<ProposedEdit> _edits = [];

    public IReadOnlyList<ProposedEdit> Edits => _edits;

    /// <summary>What the edits do; null while there are none.</summary>
    public WhatIfReport? Outcome { get; private set; }

    public static ProposedEdit OfPath(StorePath path) => ProposedEdit.DropPaths(path.BaseName, [path]);

    public static ProposedEdit OfReference(StorePath from, StorePath to) => ProposedEdit.DropReferences($"{from.BaseName}->{to.BaseName}", [from], [to]);

    public static ProposedEdit OfFile(StorePath path, string file) => ProposedEdit.DropFiles($"{path.BaseName}:{file}", [path], GlobPattern.Parse(file));

    /// <summary>What an edit takes out, for people: names without their hashes.</summary>
    public static string Describe(ProposedEdit edit) => edit.Kind switch
    {
        ProposedEditKind.DropReferences => $"{ShortName.WithoutTriple(edit.From[0].Name)} → {ShortName.WithoutTriple(edit.To[0].Name)}",
        ProposedEditKind.DropFiles => $"{edit.From[0].Name}: {edit.Files}",
        _ => edit.From[0].Name,
    };

    public bool Has(string text) => _edits.Exists(edit => edit.Text == text);

    /// <summary>Takes an edit in, or out when it is in.</summary>
    public void Toggle(ProposedEdit edit)
    {
        if (_edits.RemoveAll(other => other.Text == edit.Text) == 0)
        {
            _edits.Add(edit);
        }

        Try();
    }

    /// <summary>Takes in what is not in yet.</summary>
    public void AddAll(IEnumerable<ProposedEdit> edits)
    {
        _edits.AddRange([.. edits.Where(edit => !Has(edit.Text))]);
        Try();
    }

    private void Try() => Outcome = _edits.Count == 0 ? null : EditTrial.Run(report, _edits);
}
