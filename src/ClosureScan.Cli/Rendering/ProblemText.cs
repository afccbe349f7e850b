using System.Collections.Immutable;

namespace ClosureScan.Cli.Rendering;

/// <summary>What made a scan incomplete, one problem a paragraph.</summary>
internal static class ProblemText
{
    public static void Write(StyledWriter writer, ImmutableArray<ScanProblem> problems)
    {
        if (problems.IsEmpty)
        {
            return;
        }

        writer.Indent(0).Words("Incomplete:", Style.Bad).Words($"{Quantity.Count(problems.Length, "problem")}.").Line();
        foreach (ScanProblem problem in problems)
        {
            writer.Indent(4).Column(2).Words(problem.ToString()).Line();
        }

        writer.Line();
    }
}
