namespace ClosureScan.Analysis.Leaks;

/// <summary>How the host platform was found out.</summary>
public enum HostOrigin
{
    /// <summary>The caller said so.</summary>
    Option,

    /// <summary>The derivation of a root names it. Documents call this <c>root</c>, as all that roots tell of themselves, and say in the evidence what told.</summary>
    Derivation,

    /// <summary>The file <c>system</c> of a NixOS system among the roots names it.</summary>
    SystemFile,

    /// <summary>The names of the roots, or of enough paths, carry its triple.</summary>
    Names,

    /// <summary>The roots' own programs are built for it, or their scripts and links start programs that are.</summary>
    Root,

    /// <summary>More of the paths that are no toolchain hold programs for it than for any other platform.</summary>
    Programs,

    /// <summary>Nothing tells, or as much speaks for one platform as for another.</summary>
    Unknown,
}
