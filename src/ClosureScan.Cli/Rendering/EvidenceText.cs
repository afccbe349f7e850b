using ClosureScan.Evidence;

namespace ClosureScan.Cli.Rendering;

/// <summary>A piece of evidence in words.</summary>
internal static class EvidenceText
{
    /// <summary>The file, with line and column for text.</summary>
    public static string Place(ReferenceEvidence evidence)
    {
        string file = evidence.File.Length == 0 ? "(the path itself)" : evidence.File;
        return evidence.Line is { } line ? $"{file}:{line}:{evidence.Column ?? 1}" : file;
    }

    /// <summary>What carries it, and where that is told by no line, the byte in the file and in the section.</summary>
    public static string Where(ReferenceEvidence evidence) => Where(evidence, evidence.Count);

    /// <summary>The same, with how often the file holds it.</summary>
    public static string Where(ReferenceEvidence evidence, long times)
    {
        string section = evidence.Section is null ? "" :
            evidence.SectionOffset is { } inside ? $", {evidence.Section}+0x{inside:x}" : $", {evidence.Section}";
        string count = times > 1 ? $", {times} times" : "";
        string place = evidence.Line is null ? $", byte {evidence.Offset}" : "";
        return $"{evidence.Mechanism.ToName()}{place}{section}{count}";
    }
}
