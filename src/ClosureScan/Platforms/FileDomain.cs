namespace ClosureScan.Platforms;

/// <summary>
/// What a file is for where its directory says so. Code outside <see cref="System"/> says nothing about the platform of its store path:
/// its role is <see cref="FileRole.Auxiliary"/> whatever its header names.
/// </summary>
internal enum FileDomain
{
    /// <summary>The system that the path is part of: everything that no other domain claims.</summary>
    System,

    /// <summary>Devices and co-processors: <c>lib/firmware</c>.</summary>
    Firmware,

    /// <summary>Boot loaders and what they load: <c>lib/grub</c>, <c>share/syslinux</c>, <c>boot</c>.</summary>
    BootCode,

    /// <summary>The guests of emulators and of Wine: <c>share/qemu</c>, <c>lib/wine</c>.</summary>
    GuestCode,

    /// <summary>The tests of tools that read binaries: <c>testdata</c>, LLVM's <c>Inputs</c>.</summary>
    TestInput,

    /// <summary>What a compiler of several targets keeps for each: <c>lib/rustlib</c>.</summary>
    TargetSysroot,
}
