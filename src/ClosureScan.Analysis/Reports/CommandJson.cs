using System.Collections.Immutable;
using System.Text.Json;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports;

/// <summary>What the documents of all commands share: schema, version, the command's name, roots, and what could not be read.</summary>
internal static class CommandJson
{
    /// <summary>Writes one document with a line feed behind it.</summary>
    public static void Write(Stream output, string command, string version, ScannedClosure closure, Action<Utf8JsonWriter> members)
    {
        ArgumentNullException.ThrowIfNull(output);
        using (Utf8JsonWriter json = new(output, JsonReport.Options))
        {
            json.WriteStartObject();
            json.WriteString("schema", JsonReport.Schema);
            json.WriteString("version", version);
            json.WriteString("command", command);
            WritePaths(json, "roots", closure.Roots);
            WriteProblems(json, closure.Problems);
            members(json);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>Tells that a saved report was asked, which knows the bytes of findings alone.</summary>
    public static void WriteSaved(Utf8JsonWriter json, bool isSaved)
    {
        if (isSaved)
        {
            json.WriteBoolean("fromSavedReport", true);
        }
    }

    public static void WritePaths(Utf8JsonWriter json, string name, ImmutableArray<StorePath> paths)
    {
        json.WriteStartArray(name);
        foreach (StorePath path in paths)
        {
            json.WriteStringValue(path.ToString());
        }

        json.WriteEndArray();
    }

    public static void WriteProblems(Utf8JsonWriter json, ImmutableArray<ScanProblem> problems)
    {
        json.WriteBoolean("complete", problems.IsEmpty);
        json.WriteStartArray("problems");
        foreach (ScanProblem problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("path", problem.Path);
            json.WriteString("message", problem.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
