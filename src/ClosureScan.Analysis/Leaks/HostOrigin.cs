namespace ClosureScan.Analysis.Leaks;

/// <summary>How the host platform was found out.</summary>
public enum HostOrigin
{
    /// <summary>The caller said so.</summary>
    Option,

    /// <summary>The names of the roots, or of most named paths, carry its triple.</summary>
    Name,

    /// <summary>The programs and libraries inside the roots are built for it.</summary>
    Root,

    /// <summary>More paths of the closure hold programs or libraries for it than for any other platform.</summary>
    Majority,
}
