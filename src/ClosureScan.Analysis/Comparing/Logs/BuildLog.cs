using System.Text.RegularExpressions;

namespace ClosureScan.Analysis.Comparing.Logs;

/// <summary>
/// What the configure scripts of a build answered: from what they print (<c>checking for X... yes</c>), and from a config.log, which has the
/// variables of their cache as well. Immutable.
/// </summary>
internal sealed partial class BuildLog
{
    private BuildLog(Dictionary<string, string> answers) => Answers = answers;

    /// <summary>Answers by their questions, and by the names of cache variables. The last of several counts.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; }

    public static BuildLog Parse(string text)
    {
        Dictionary<string, string> answers = new(StringComparer.Ordinal);
        string? asked = null;
        foreach (string line in text.Split('\n'))
        {
            if (Printed().Match(line) is { Success: true } printed)
            {
                answers[printed.Groups[1].Value.Trim()] = printed.Groups[2].Value.Trim();
            }
            else if (Asked().Match(line) is { Success: true } question)
            {
                asked = question.Groups[1].Value.Trim();
            }
            else if (asked is not null && Result().Match(line) is { Success: true } result)
            {
                answers[asked] = result.Groups[1].Value.Trim();
                asked = null;
            }
            else if (Variable().Match(line) is { Success: true } variable)
            {
                answers[variable.Groups[1].Value] = variable.Groups[2].Value.Trim('\'');
            }
        }

        return new BuildLog(answers);
    }

    /// <summary>Whether an answer was not tried: the suspects of a cross build.</summary>
    public static bool IsGuess(string answer) => Guess().IsMatch(answer);

    /// <summary>What an answer comes to, the words around it left out: "guessing yes" is as good as "yes"; null when it was not answered at all.</summary>
    public static string? Effect(string answer)
    {
        string effect = Wording().Replace(answer, "").Trim();
        return effect.Length == 0 || effect.StartsWith("configure:", StringComparison.Ordinal) ? null : effect;
    }

    /// <summary>Questions about the build machine itself, and about tools: their answers differ and change nothing.</summary>
    public static bool IsAboutTheBuild(string question) => Build().IsMatch(question);

    [GeneratedRegex(@"checking (.+?)\.\.\. ?(?:\(cached\) )?(.*\S)")]
    private static partial Regex Printed();

    [GeneratedRegex(@"^configure:\d+: checking (.+)$")]
    private static partial Regex Asked();

    [GeneratedRegex(@"^configure:\d+: result: (.+)$")]
    private static partial Regex Result();

    [GeneratedRegex(@"^((?:ac|am|gl|apr|ap|lt|bash|gt|[a-z]+)_cv_\w+)=(.*)$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"cross[ -]compil|guess|assum|cannot check|cannot run|cannot determine|defaulting", RegexOptions.IgnoreCase)]
    private static partial Regex Guess();

    [GeneratedRegex(@"\(cached\) ?|^.*(?:defaulting to|guessing|assuming) |\(?if cross[ -]compiling\)?|^cross[ -]compiling;?|unknown, ", RegexOptions.IgnoreCase)]
    private static partial Regex Wording();

    [GeneratedRegex(@"^(whether we are cross compiling|build system type|how to convert|for .*-strip|ac_cv_build|ac_cv_env_|ac_cv_prog_|lt_cv_to_|lt_cv_sys_max_cmd|the maximum length of command line)|for .*-(gcc|strip|ranlib|ar|nm)$")]
    private static partial Regex Build();
}
