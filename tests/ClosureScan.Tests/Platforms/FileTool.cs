using ClosureScan.Testing;

namespace ClosureScan.Tests.Platforms;

/// <summary>
/// What <c>file</c> says of an ELF file, as the oracle:
/// "ELF 32-bit LSB pie executable, ARM, EABI5 version 1 (SYSV), dynamically linked, interpreter /lib/ld-linux-armhf.so.3, for GNU/Linux 3.2.0, stripped".
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Parts">The answer, divided at its commas.</param>
internal sealed record FileTool(string Path, string[] Parts)
{
    private static readonly string[] Kinds = ["relocatable", "pie executable", "executable", "shared object"];

    /// <summary>Asks about many files at once.</summary>
    public static FileTool[] Run(IReadOnlyList<string> files)
    {
        string[] lines = ToolRun.Execute(RequiredTool.Find("file"), ["--brief", "--", .. files], new Dictionary<string, string?> { ["LC_ALL"] = "C" }).Lines;
        Assert.Equal(files.Count, lines.Length);
        return [.. files.Zip(lines, static (file, line) => new FileTool(file, line.Split(", ")))];
    }

    /// <summary>Whether words have 64 bits.</summary>
    public bool Is64Bit => Parts[0].Contains("64-bit", StringComparison.Ordinal);

    /// <summary>Whether the most significant byte comes first.</summary>
    public bool IsBigEndian => Parts[0].Contains("MSB", StringComparison.Ordinal);

    /// <summary>One of <c>relocatable</c>, <c>pie executable</c>, <c>executable</c>, <c>shared object</c>.</summary>
    public string Kind => Kinds.First(kind => Parts[0].EndsWith(kind, StringComparison.Ordinal));

    /// <summary>The processor.</summary>
    public string Machine => Parts[1];

    /// <summary><c>dynamically linked</c> or <c>statically linked</c>; null for an object.</summary>
    public string? Linkage => Parts.FirstOrDefault(static part => part.EndsWith(" linked", StringComparison.Ordinal));

    /// <summary>The program interpreter.</summary>
    public string? Interpreter =>
        Parts.FirstOrDefault(static part => part.StartsWith("interpreter ", StringComparison.Ordinal))?["interpreter ".Length..];

    /// <summary>Whether a note names the kernel: Linux.</summary>
    public bool IsForLinux => Parts.Any(static part => part.StartsWith("for GNU/Linux", StringComparison.Ordinal));

    /// <summary>Whether there is a symbol table.</summary>
    public bool HasSymbols => Parts.Contains("not stripped");

    /// <summary>Whether there is debug information.</summary>
    public bool HasDebugInformation => Parts.Contains("with debug_info");

    /// <summary>
    /// The calling convention and the variant of the processor, where the answer has them: <c>EABI5</c>, <c>MIPS32 rel6</c>, <c>N32 MIPS64 rel2</c>,
    /// <c>OpenPOWER ELF V2 ABI</c>, <c>double-float ABI</c>. They stand between the processor and the version.
    /// </summary>
    public string Variant
    {
        get
        {
            string[] parts = [.. Parts[2..(Array.FindIndex(Parts, static part => part.Contains("version 1", StringComparison.Ordinal)) + 1)]];
            parts[^1] = parts[^1].Split("version 1")[0];
            return string.Join(", ", parts).Trim(' ', ',');
        }
    }
}
