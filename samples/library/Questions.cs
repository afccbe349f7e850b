using ClosureScan.Analysis;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Paths;
using ClosureScan.Stores;

namespace ClosureScan.Samples;

/// <summary>What a closure is asked: why it has a path, by which bytes; the fewest edits that end every finding; what one of them would free.</summary>
public static class Questions
{
    public static async Task RunAsync(string uri, string root, TextWriter output, CancellationToken stop)
    {
        await using IStore store = await Store.OpenAsync(uri, stop);
        ClosureReport report = await Closure.ScanAsync(store, root, cancellationToken: stop);
        ClosureCut cut = report.Cut();
        output.WriteLine($"{cut.EditCount} edits free {cut.FreedBytes} of {report.ClosureSize} bytes");
        foreach (ClosureEdit edit in cut.Edits.Where(edit => edit.To is not null).Take(1))
        {
            foreach (ExplainedReference link in report.Why(edit.To!))
            {
                output.WriteLine($"{link.From.Name} -> {link.To.Name}: {link.Evidence[0].File}");
            }

            WhatIfReport trial = report.WhatIf(ProposedEdit.DropReferences("the first edit", [edit.From], [edit.To!]));
            output.WriteLine($"the first edit frees {trial.FreedBytes} bytes: {string.Join(", ", trial.Freed.Select(path => path.Path.Name))}");
        }
    }
}
