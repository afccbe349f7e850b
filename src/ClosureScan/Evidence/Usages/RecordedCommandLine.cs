namespace ClosureScan.Evidence.Usages;

/// <summary>
/// Tells a command line of a build that a program or a text has kept: <c>./configure --with-shell=…</c>, <c>gcc -O2 -I…</c>. What makes one is
/// the flag that the path itself is given to, or words that no other command line has; <c>-L</c> of curl is none.
/// </summary>
internal static class RecordedCommandLine
{
    private static readonly byte[][] Flags =
        [.. new[] { "-I", "-L", "-isystem", "-isystem ", "-idirafter ", "-iquote ", "-B", "-Wl,-rpath,", "-Wl,-rpath -Wl,", "-rpath ", "-rpath,", "-ffile-prefix-map=", "-fdebug-prefix-map=", "-fmacro-prefix-map=", "--sysroot=" }
            .Select(System.Text.Encoding.ASCII.GetBytes)];

    private static readonly byte[][] Words =
        [.. new[] { "configure ", "configure'", "--host-cc", "CFLAGS", "CPPFLAGS", "CXXFLAGS", "LDFLAGS", "-isystem", " -I/", " -L/", " -O2", " -Wl,", " -fPIC", "--enable-", "--disable-", "--without-", "--build=", "--prefix=", "-DCMAKE_", "-Dprefix=" }
            .Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <summary>Whether the path is part of one.</summary>
    public static bool Holds(ReadOnlySpan<byte> line, int start, int end)
    {
        ReadOnlySpan<byte> before = line[..start].TrimEnd("\"'"u8);
        foreach (byte[] flag in Flags)
        {
            if (before.EndsWith(flag) && (before.Length == flag.Length || before[^(flag.Length + 1)] is (byte)' ' or (byte)'\'' or (byte)'"' or (byte)'='))
            {
                return true;
            }
        }

        ReadOnlySpan<byte> after = line[end..];
        foreach (byte[] word in Words)
        {
            if (before.IndexOf(word) >= 0 || after.IndexOf(word) >= 0)
            {
                return true;
            }
        }

        // "--with-bash=…", "--host=…": arguments of configure, where nothing before them is a path of a program.
        int dash = before.LastIndexOf("--"u8);
        ReadOnlySpan<byte> option = dash >= 0 ? before[dash..] : default;
        return option.EndsWith("="u8) && (option.StartsWith("--with-"u8) || option.StartsWith("--host="u8));
    }
}
