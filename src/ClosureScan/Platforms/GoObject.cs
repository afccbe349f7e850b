using System.Text;

namespace ClosureScan.Platforms;

/// <summary>Reads the first line of the objects in Go's own archives: <c>go object linux arm go1.21.3 …</c>.</summary>
internal static class GoObject
{
    /// <summary>Reads the platform; null when it is no such object, or for a processor that is not known.</summary>
    public static Platform? Identify(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> magic = "go object "u8;
        if (!head.StartsWith(magic))
        {
            return null;
        }

        const int MaxLine = 64;
        string[] words = Encoding.ASCII.GetString(head[magic.Length..Math.Min(head.Length, magic.Length + MaxLine)]).Split(' ');
        string? cpu = words.Length < 3 ? null : words[1] switch
        {
            "386" => "i686",
            "amd64" => "x86_64",
            "arm" => "arm",
            "arm64" => "aarch64",
            "loong64" => "loongarch64",
            "mips" or "mips64" or "riscv64" or "s390x" => words[1],
            "mipsle" => "mipsel",
            "mips64le" => "mips64el",
            "ppc64" => "powerpc64",
            "ppc64le" => "powerpc64le",
            "wasm" => "wasm32",
            _ => null,
        };
        return cpu is null ? null : Processor.PlatformOf(cpu, words[0]);
    }
}
