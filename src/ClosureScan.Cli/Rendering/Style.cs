namespace ClosureScan.Cli.Rendering;

/// <summary>The few styles of a report, by meaning.</summary>
internal enum Style
{
    Plain,
    Strong,
    Dim,
    Bad,
    Warning,
    Good,
    Accent,
}
