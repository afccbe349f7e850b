namespace ClosureScan.Platforms;

/// <summary>
/// Tells a file's domain by its directory. The directories are those that the checkers of Buildroot (support/scripts/check-bin-arch),
/// Debian and Yocto have left out for years, as they look in Nixpkgs.
/// </summary>
internal static class FileDomains
{
    /// <summary>The domain of the file at <paramref name="path"/>, which has no leading slash.</summary>
    public static FileDomain Of(ReadOnlySpan<byte> path) =>
        path.StartsWith("usr/"u8) ? Of(path["usr/"u8.Length..]) // A whole system in one path.
        : path.StartsWith("nix/store/"u8) && path["nix/store/"u8.Length..].IndexOf((byte)'/') is >= 0 and int end ? Of(path[("nix/store/"u8.Length + end + 1)..]) // A store in an image.
        : path.StartsWith("lib/"u8) && OfLibrary(path["lib/".Length..]) is not FileDomain.System and FileDomain library ? library
        : path.StartsWith("share/"u8) && OfShare(path["share/".Length..]) is not FileDomain.System and FileDomain share ? share
        : path.StartsWith("boot/"u8) ? FileDomain.BootCode
        : path.IndexOf("/testdata/"u8) >= 0 || path.IndexOf("/Inputs/"u8) >= 0 ? FileDomain.TestInput
        : FileDomain.System;

    private static FileDomain OfLibrary(ReadOnlySpan<byte> path) =>
        path.StartsWith("firmware/"u8) ? FileDomain.Firmware
        : path.StartsWith("grub/"u8) || path.StartsWith("syslinux/"u8) || path.StartsWith("systemd/boot/"u8) ? FileDomain.BootCode
        : path.StartsWith("wine/"u8) ? FileDomain.GuestCode
        : path.StartsWith("rustlib/"u8) ? FileDomain.TargetSysroot
        : FileDomain.System;

    private static FileDomain OfShare(ReadOnlySpan<byte> path) =>
        path.StartsWith("syslinux/"u8) || path.StartsWith("grub/"u8) ? FileDomain.BootCode
        : path.StartsWith("qemu/"u8) || path.StartsWith("seabios/"u8) || path.StartsWith("openbios/"u8) ? FileDomain.GuestCode
        : FileDomain.System;
}
