using System.Collections.Immutable;

namespace ClosureScan.Analysis.Comparing.Logs;

/// <summary>Puts what configure answered beside what differs because of it.</summary>
internal static class Causes
{
    public static PathPair Explain(PathPair pair, ComparisonOptions options)
    {
        if (pair.Level < ComparisonLevel.BuildFactsDiffer)
        {
            return pair;
        }

        BuildLog? cross = options.CrossLog?.Invoke(pair.Cross) is { } crossText ? BuildLog.Parse(crossText) : null;
        BuildLog? native = options.NativeLog?.Invoke(pair.Native) is { } nativeText ? BuildLog.Parse(nativeText) : null;
        if (cross is null)
        {
            return pair;
        }

        ImmutableArray<ConfigureAnswer> answers = Compare(cross, native);
        return pair with { Answers = answers, Differences = [.. pair.Differences.Select(difference => Explain(difference, answers))] };
    }

    /// <summary>The answers that differ; with the cross log alone those that were guessed.</summary>
    private static ImmutableArray<ConfigureAnswer> Compare(BuildLog cross, BuildLog? native)
    {
        IEnumerable<ConfigureAnswer> answers =
            from answer in cross.Answers
            let other = native?.Answers.GetValueOrDefault(answer.Key)
            let isGuess = BuildLog.IsGuess(answer.Value)
            where native is null ? isGuess : other is not null && BuildLog.Effect(answer.Value) is var effect && effect != BuildLog.Effect(other) && (effect is not null || isGuess)
            where !BuildLog.IsAboutTheBuild(answer.Key)
            select new ConfigureAnswer(answer.Key, Shorten(answer.Value), other is null ? null : Shorten(other), isGuess);
        return [.. answers];
    }

    private static Difference Explain(Difference difference, ImmutableArray<ConfigureAnswer> answers)
    {
        // What a flag says is in its value; of other things the name says it.
        bool isFlags = difference.Kind is DifferenceKind.PkgConfig or DifferenceKind.ConfigScript or DifferenceKind.Settings or DifferenceKind.Libtool or DifferenceKind.CMake;
        QuestionWords words = new(isFlags ? $"{difference.Cross} {difference.Native}" : difference.Subject);
        ConfigureAnswer? best = answers
            .Select(answer => (Answer: answer, Score: words.Match(answer.Question)))
            .Where(item => item.Score > 0)
            .OrderBy(item => item.Answer.IsVariable)
            .ThenByDescending(item => item.Score)
            .Select(item => item.Answer)
            .FirstOrDefault();
        best ??= difference.Meaning.Contains("32-bit file offsets", StringComparison.Ordinal) ? answers.FirstOrDefault(answer => IsAboutLargeFiles(answer.Question)) : null;
        return best is null ? difference : difference with { Cause = Describe(best) };
    }

    /// <summary>Warnings that a configure script prints in the place of an answer begin with its name.</summary>
    private static string Shorten(string answer) => answer.Replace("configure: WARNING: ", "", StringComparison.Ordinal);

    private static bool IsAboutLargeFiles(string question) =>
        question.Contains("LARGEFILE", StringComparison.OrdinalIgnoreCase) || question.Contains("lfs", StringComparison.OrdinalIgnoreCase) || question.Contains("FILE_OFFSET_BITS", StringComparison.Ordinal);

    /// <summary>An answer in one line.</summary>
    public static string Describe(ConfigureAnswer answer)
    {
        string cross = answer.Cross is null ? "" : BuildLog.Effect(answer.Cross) ?? "not answered";
        return answer.Native is null
            ? $"configure guessed: {answer.Question}: {cross}"
            : $"configure: {answer.Question}: {cross} ({(answer.IsGuess ? "cross, guessed" : "cross")}), {answer.Native} (native)";
    }
}
