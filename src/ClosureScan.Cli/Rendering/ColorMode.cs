namespace ClosureScan.Cli.Rendering;

/// <summary>When styles are written as escapes.</summary>
internal enum ColorMode
{
    /// <summary>On a terminal.</summary>
    Auto,

    /// <summary>Also into a pipe, such as that to <c>less -R</c>.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}
