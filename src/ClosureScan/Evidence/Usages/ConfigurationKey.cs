namespace ClosureScan.Evidence.Usages;

/// <summary>
/// The keys of configurations that say what becomes of their values: systemd units (systemd.service(5)), desktop entries and D-Bus services,
/// udev rules, and the lists of directories of the dynamic loader.
/// </summary>
internal static class ConfigurationKey
{
    /// <summary>What the key says; null when the line has none, or one that leaves it open.</summary>
    /// <param name="file">The path of the file.</param>
    /// <param name="line">The line.</param>
    /// <param name="start">Where the path begins.</param>
    public static Usage? Judge(ReadOnlySpan<byte> file, ReadOnlySpan<byte> line, int start)
    {
        ReadOnlySpan<byte> before = line[..start];
        if (IsLoaderList(file) && before.Trim(" \t"u8).IsEmpty)
        {
            return Usage.Searches;
        }

        if (IsRule(file))
        {
            return before.LastIndexOf("RUN"u8) >= 0 || before.LastIndexOf("PROGRAM"u8) >= 0 || before.LastIndexOf("{program}"u8) >= 0
                ? IsFirstWord(before[(before.LastIndexOf((byte)'"') + 1)..]) ? Usage.Executes : null
                : null;
        }

        int equals = before.IndexOf((byte)'=');
        if (equals <= 0)
        {
            return null;
        }

        ReadOnlySpan<byte> key = before[..equals].Trim(" \t"u8);
        ReadOnlySpan<byte> value = before[(equals + 1)..];
        return IsCommand(key) && IsFirstWord(value) ? Usage.Executes
            : key.SequenceEqual("ExecSearchPath"u8) ? Usage.Searches
            : key.SequenceEqual("Documentation"u8) || key.SequenceEqual("Description"u8) || key.SequenceEqual("Comment"u8) ? Usage.Mentions
            : null;
    }

    /// <summary>Whether what stands before the path in a value is no word: systemd's prefixes (<c>ExecStart=-@</c>), a quotation mark, or nothing.</summary>
    private static bool IsFirstWord(ReadOnlySpan<byte> value) => value.Trim(" \t-@:+!|\"'"u8).IsEmpty;

    private static bool IsCommand(ReadOnlySpan<byte> key) =>
        (key.StartsWith("Exec"u8) && !key.SequenceEqual("ExecSearchPath"u8)) || key.SequenceEqual("TryExec"u8);

    private static bool IsRule(ReadOnlySpan<byte> file) => file.EndsWith(".rules"u8) && file.IndexOf("udev"u8) >= 0;

    private static bool IsLoaderList(ReadOnlySpan<byte> file) =>
        file.EndsWith("ld.so.conf"u8) || file.IndexOf("ld.so.conf.d/"u8) >= 0 || file.EndsWith("ld.so.preload"u8);
}
