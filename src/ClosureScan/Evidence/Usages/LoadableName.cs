namespace ClosureScan.Evidence.Usages;

/// <summary>Tells a file that is loaded as code by its name: <c>pam_unix.so</c>, <c>libfoo.so.1</c>, <c>pty.node</c>, <c>8812au.ko.xz</c>.</summary>
internal static class LoadableName
{
    /// <summary>Whether the last component of a path is named so.</summary>
    public static bool Matches(ReadOnlySpan<byte> path)
    {
        ReadOnlySpan<byte> name = path[(path.LastIndexOf((byte)'/') + 1)..];
        int library = name.LastIndexOf(".so"u8);
        return (library > 0 && IsVersion(name[(library + 3)..]))
            || name.EndsWith(".dylib"u8) || name.EndsWith(".node"u8)
            || name.EndsWith(".ko"u8) || name.EndsWith(".ko.xz"u8) || name.EndsWith(".ko.zst"u8) || name.EndsWith(".ko.gz"u8);
    }

    private static bool IsVersion(ReadOnlySpan<byte> rest) =>
        rest.IsEmpty || (rest[0] == '.' && rest.Trim("0123456789."u8).IsEmpty);
}
