using ClosureScan.Analysis.Findings;

namespace ClosureScan.Analysis.Tests.Situations;

/// <summary>One place that has to be told.</summary>
/// <param name="Rule">Under which rule.</param>
/// <param name="Package">The name of the path.</param>
/// <param name="File">The file in it.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Advice">What the advice has to say, in part.</param>
internal sealed record Expectation(string Rule, string Package, string File, Effect Effect, string Advice)
{
    public static Expectation Binary(string package, string file, string advice = "compile for", Effect effect = Effect.Breaks) => new(RuleIds.ForeignBinary, package, file, effect, advice);

    public static Expectation Shebang(string package, string file, string advice = "patchShebangs --host", Effect effect = Effect.Breaks) => new(RuleIds.ForeignInterpreter, package, file, effect, advice);

    public static Expectation Breaks(string package, string file, string advice) => new(RuleIds.ForeignReference, package, file, Effect.Breaks, advice);

    public static Expectation Bloats(string package, string file, string advice) => new(RuleIds.ForeignReference, package, file, Effect.Bloats, advice);

    public static Expectation Dangling(string package, string file, string advice) => new(RuleIds.DanglingInterpreter, package, file, Effect.Breaks, advice);
}
