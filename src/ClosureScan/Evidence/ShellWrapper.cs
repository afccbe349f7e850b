using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>
/// Recognises what <c>makeWrapper</c> writes (Nixpkgs: pkgs/build-support/setup-hooks/make-wrapper.sh): a shell script that
/// sets variables and whose last line is <c>exec -a "$0" "PROGRAM" … "$@"</c>.
/// </summary>
internal static class ShellWrapper
{
    private const int TailLength = 2048;

    /// <summary>Whether a script is such a wrapper.</summary>
    public static bool Matches(in FileView view)
    {
        Span<byte> buffer = stackalloc byte[TailLength];
        int count = view.Read(Math.Max(0, view.Length - TailLength), buffer);
        ReadOnlySpan<byte> tail = buffer[..count].TrimEnd(" \t\r\n"u8);
        ReadOnlySpan<byte> line = tail[(tail.LastIndexOf((byte)'\n') + 1)..];
        return line.StartsWith("exec "u8)
            && line.EndsWith("\"$@\""u8)
            && (line.StartsWith("exec -a \"$0\" "u8) || line.IndexOf("-wrapped\""u8) >= 0);
    }
}
