using System.CommandLine.Completions;

namespace ClosureScan.Cli.Shell;

/// <summary>What a value may be among others: shells offer it, and the parser takes any other too.</summary>
internal sealed class Suggestion : CompletionItem
{
    private Suggestion(string label)
        : base(label)
    {
    }

    /// <summary>The source of such words for an option or an argument.</summary>
    public static Func<CompletionContext, IEnumerable<CompletionItem>> Of(IEnumerable<string> words)
    {
        Suggestion[] items = [.. words.Select(word => new Suggestion(word))];
        return _ => items;
    }
}
