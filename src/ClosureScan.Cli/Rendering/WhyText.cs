using System.Globalization;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Cli.Rendering;

/// <summary>The report of <c>why</c>: chains link by link, each link with the bytes that hold it.</summary>
internal sealed class WhyText(WhyReport report, Platform? host, StyledWriter writer)
{
    private const int ArrowColumn = 2;
    private const int PathColumn = 4;
    private const int FilesShown = 3;

    private readonly PathLabels _labels = new(report.Closure.Paths.Select(path => path.Info.Path).Concat(report.Targets).Distinct(), host);

    private string Roots => string.Join(", ", report.Closure.Roots.Select(root => _labels[root]));

    public void Write()
    {
        if (report.PathCount == 0)
        {
            WriteNoChain();
        }
        else if (report.Scope == WhyScope.Shortest)
        {
            WriteChains();
        }
        else
        {
            WriteReferences();
        }

        ProblemText.Write(writer, report.Closure.Problems);
    }

    private void WriteNoChain()
    {
        writer.Indent(0).Words("No chain.", Style.Strong).Words($"None of the {Quantity.Count(report.Closure.Paths.Length, "path")} in the closure of {Roots} is");
        writer.Words(report.Targets.Length == 1 ? _labels[report.Targets[0]] + "." : "what was asked for.").Line();
    }

    private void WriteChains()
    {
        StorePath? target = null;
        HashSet<(StorePath From, StorePath To)> shown = [];
        foreach (ExplainedChain chain in report.Chains)
        {
            bool isFirst = !chain.Target.Equals(target);
            target = chain.Target;
            if (isFirst)
            {
                writer.Indent(0).Words(_labels[target], Style.Accent).Line();
            }

            if (chain.References.IsEmpty)
            {
                writer.Words("is a root itself.").Line().Line();
                continue;
            }

            string length = Quantity.Count(chain.References.Length, "reference");
            writer.Indent(0).Words(isFirst ? $"is reached over {length}; no chain is shorter:" : $"or over {length}:").Line();
            writer.Indent(PathColumn).Column(ArrowColumn).Words(_labels[chain.References[0].From], Style.Strong).Line();
            foreach (ExplainedReference link in chain.References)
            {
                WriteEvidence(link, isKnown: !shown.Add((link.From, link.To)));
                writer.Indent(PathColumn).Column(ArrowColumn).Words("→ " + _labels[link.To], Style.Strong).Line();
            }

            writer.Line();
        }

        int rest = report.Targets.Length - report.Chains.Select(chain => chain.Target).Distinct().Count();
        if (rest > 0)
        {
            writer.Indent(0).Words($"And {Quantity.Count(rest, "more target")}; --top N shows more.", Style.Dim).Line();
        }

        if (report.ChainCount != (ulong)report.Chains.Length && report.ReferenceCount > report.Chains.Max(chain => chain.References.Length))
        {
            writer.Indent(0).Words($"{Chains()} in all, over {Quantity.Count(report.ReferenceCount, "reference")}: --all shows them.", Style.Dim).Line();
        }
    }

    private void WriteReferences()
    {
        bool referrers = report.Scope == WhyScope.Referrers;
        string targets = report.Targets.Length == 1 ? _labels[report.Targets[0]] : Quantity.Count(report.Targets.Length, "target");
        string count = Quantity.Count(report.ReferenceCount, "reference");
        writer.Indent(0).Words(targets, Style.Accent).Line();
        writer.Words(referrers
            ? report.Targets.Length == 1 ? $"has {count} to it in the closure of {Roots}:" : $"have {count} to them in the closure of {Roots}:"
            : $"{(report.Targets.Length == 1 ? "is" : "are")} reached over {count} between {report.PathCount} paths; {Chains()}:").Line();
        int length = -1;
        foreach (ExplainedReference reference in report.References)
        {
            if (reference.ChainLength != length)
            {
                length = reference.ChainLength;
                writer.Line().Indent(0).Words($"On chains of {Quantity.Count(length, "reference")}:", Style.Dim).Line();
            }

            writer.Indent(PathColumn).Column(ArrowColumn).Words(_labels[reference.From], Style.Strong).Line();
            writer.Indent(PathColumn).Column(ArrowColumn).Words("→ " + _labels[reference.To], Style.Strong).Line();
            WriteEvidence(reference);
        }

        int rest = report.ReferenceCount - report.References.Length;
        writer.Line();
        if (rest > 0)
        {
            writer.Indent(0).Words($"And {Quantity.Count(rest, "more reference")}; --top N shows more.", Style.Dim).Line();
        }
    }

    private string Chains() => report.ChainCount switch
    {
        null => "chains without end, because some paths refer to each other",
        ulong.MaxValue => "more chains than can be counted",
        { } count => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? "chain" : "chains")}",
    };

    private void WriteEvidence(ExplainedReference reference, bool isKnown = false)
    {
        if (isKnown)
        {
            writer.Indent(PathColumn + 2).Column(PathColumn + 2).Words("(as above)", Style.Dim).Line();
            return;
        }

        if (reference.Evidence.IsEmpty)
        {
            writer.Indent(PathColumn + 2).Column(PathColumn + 2).Words(
                reference.WasRead ? "registered by the store, but the bytes do not name it"
                : report.IsSaved ? "(the saved report tells the bytes of findings alone)"
                : "registered by the store; the bytes could not be read", Style.Dim).Line();
            return;
        }

        foreach (ReferenceEvidence evidence in reference.Evidence.Take(FilesShown))
        {
            writer.Indent(PathColumn + 2).Column(PathColumn + 2).Words(EvidenceText.Place(evidence)).Words(EvidenceText.Where(evidence), Style.Dim).Line();
            if (evidence.Context is { Length: > 0 } context)
            {
                writer.Indent(PathColumn + 4).Column(PathColumn + 4).Words(context.Trim(), Style.Dim).Line();
            }
        }

        long rest = reference.FileCount - Math.Min(FilesShown, reference.Evidence.Select(evidence => evidence.File).Distinct().Count());
        if (rest > 0)
        {
            writer.Column(PathColumn + 2).Words($"and {Quantity.Count(rest, "more file")}", Style.Dim).Line();
        }
    }
}
