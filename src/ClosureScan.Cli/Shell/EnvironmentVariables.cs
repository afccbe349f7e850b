namespace ClosureScan.Cli.Shell;

/// <summary>The environment variables that the tool looks at.</summary>
internal static class EnvironmentVariables
{
    /// <summary>Each with what it does, one sentence.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Meanings { get; } =
    [
        ("NO_COLOR", "When set and not empty, nothing is coloured."),
        ("FORCE_COLOR", "When set and neither empty nor 0, output is coloured also where it is no terminal; NO_COLOR and --no-color win."),
        ("CLOSURESCAN_KERNEL", "The search kernel to use instead of the fastest one: vector512, vector256, vector128 or scalar."),
    ];
}
