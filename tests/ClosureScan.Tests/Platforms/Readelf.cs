using ClosureScan.Testing;

namespace ClosureScan.Tests.Platforms;

/// <summary>What binutils' <c>readelf</c> says of a file, as the oracle.</summary>
internal sealed record Readelf(
    bool Is64Bit, bool IsBigEndian, string Machine, string Flags, string Type, string? Interpreter, string? CpuArchitecture, bool HardFloatArguments,
    string[] Needed, string[] RunPath)
{
    /// <summary>The lines of the answer, for what only some processors have.</summary>
    public required string[] Lines { get; init; }

    public static Readelf Run(string file)
    {
        ToolRun run = ToolRun.Execute(
            RequiredTool.Find("readelf"), ["-hldAn", "--wide", file], new Dictionary<string, string?> { ["LC_ALL"] = "C" });
        string[] lines = run.Lines;
        return new Readelf(
            Field(lines, "Class:") == "ELF64",
            Field(lines, "Data:")!.Contains("big", StringComparison.Ordinal),
            Field(lines, "Machine:")!,
            Field(lines, "Flags:")!.Split(',')[0],
            Field(lines, "Type:")!.Split(' ')[0],
            Bracketed(lines, "Requesting program interpreter: ").Select(text => text[(text.LastIndexOf(' ') + 1)..]).FirstOrDefault(),
            Field(lines, "Tag_CPU_arch:"),
            Field(lines, "Tag_ABI_VFP_args:") == "VFP registers",
            [.. Bracketed(lines, "(NEEDED)")],
            [.. Bracketed(lines, "(RUNPATH)").Concat(Bracketed(lines, "(RPATH)")).SelectMany(paths => paths.Split(':'))])
        {
            Lines = lines,
        };
    }

    /// <summary>What follows <paramref name="name"/> on its line; null when no line begins with it.</summary>
    public string? Field(string name) => Field(Lines, name);

    private static string? Field(string[] lines, string name) =>
        lines.Select(line => line.Trim()).Where(line => line.StartsWith(name, StringComparison.Ordinal)).Select(line => line[name.Length..].Trim()).FirstOrDefault();

    private static IEnumerable<string> Bracketed(string[] lines, string mark) =>
        lines.Where(line => line.Contains(mark, StringComparison.Ordinal)).Select(line => line[(line.IndexOf('[', StringComparison.Ordinal) + 1)..line.LastIndexOf(']')]);
}
