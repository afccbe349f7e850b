namespace ClosureScan.Platforms;

/// <summary>What a binary or script is for; it decides how much it says about its path. An executable weighs most; objects, archives and firmware never decide.</summary>
public enum FileRole
{
    /// <summary>Neither of the others: data, text, byte code.</summary>
    None,

    /// <summary>A program that the kernel starts.</summary>
    Program,

    /// <summary>A shared library or plug-in.</summary>
    SharedLibrary,

    /// <summary>A relocatable object, also as a member of an archive.</summary>
    Object,

    /// <summary>An archive of objects.</summary>
    Archive,

    /// <summary>A kernel or a kernel module.</summary>
    Kernel,

    /// <summary>Code for a processor beside the main one, or for none: firmware, eBPF, GPU code, boot stages.</summary>
    Auxiliary,

    /// <summary>Debug information alone.</summary>
    DebugInfo,

    /// <summary>A script with an interpreter.</summary>
    Script,

    /// <summary>A text that says where its path is to run: <c>system</c> of a NixOS system.</summary>
    Declaration,
}
