namespace ClosureScan.Analysis.Comparing;

/// <summary>A question of a configure script that was answered in two ways, or that a cross build could not find out. Immutable.</summary>
/// <param name="Question">What was checked, <c>whether to enable -D_LARGEFILE64_SOURCE</c>, or the variable of its cache, <c>apr_cv_use_lfs64</c>.</param>
/// <param name="Cross">The answer in the cross build.</param>
/// <param name="Native">The answer in the native one; null when only the cross log is known.</param>
/// <param name="IsGuess">Whether the log says that it was not tried but assumed.</param>
internal sealed record ConfigureAnswer(string Question, string? Cross, string? Native, bool IsGuess)
{
    /// <summary>Whether the question is a variable of configure's cache, which a build can be given.</summary>
    public bool IsVariable => Question.Contains("_cv_", StringComparison.Ordinal) && !Question.Contains(' ', StringComparison.Ordinal);
}
