namespace ClosureScan.Cli;

/// <summary>The exit codes that scripts rely on.</summary>
internal static class ExitCode
{
    /// <summary>Everything was scanned and nothing was found at or above --fail-on.</summary>
    public const int Clean = 0;

    /// <summary>Findings; for <c>why</c>: no chain; for <c>cut</c>: no edit that can do it; for <c>diff</c>: new findings; for <c>compare</c>: differences.</summary>
    public const int Findings = 1;

    /// <summary>The call or the configuration is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Something could not be read or failed a check; outranks <see cref="Findings"/>.</summary>
    public const int Incomplete = 3;

    /// <summary>Nothing was scanned, or what the call names matches nothing: an answer would be about nothing.</summary>
    public const int Nothing = 4;

    /// <summary>Interrupted from the keyboard (128 + SIGINT).</summary>
    public const int Interrupted = 130;

    /// <summary>Terminated (128 + SIGTERM).</summary>
    public const int Terminated = 143;

    /// <summary>What each of them says to a user.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> Meanings { get; } =
    [
        (Clean, "Everything was scanned and nothing was found at or above --fail-on."),
        (Findings, "There are findings; for why: there is no chain; for cut: no edit can do it; for diff: there are new or stronger findings; for compare: there are differences."),
        (Usage, "The call or the configuration is wrong."),
        (Incomplete, "The scan is incomplete: something could not be read, or failed a check. This outranks findings."),
        (Nothing, "Nothing was scanned, or a ROOT, a TARGET or a SPEC matches nothing."),
        (Interrupted, "The scan was interrupted from the keyboard."),
        (Terminated, "The scan was terminated."),
    ];
}
