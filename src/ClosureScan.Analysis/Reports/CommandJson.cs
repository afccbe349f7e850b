using System.Text.Json;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Reports;

/// <summary>What the documents of all commands share: schema, version, the command's name, depth, store, roots, platforms, and what could not be read.</summary>
internal static class CommandJson
{
    private const int FlushAt = 64 * 1024;

    /// <summary>Writes one document with a line feed behind it.</summary>
    /// <param name="output">Where to; left open.</param>
    /// <param name="command">The command's name.</param>
    /// <param name="version">The version of the program that reports.</param>
    /// <param name="closure">The closure.</param>
    /// <param name="host">Where it is to run.</param>
    /// <param name="build">Where it was built; null where nobody knows.</param>
    /// <param name="members">Writes the rest.</param>
    public static void Write(Stream output, string command, string version, ScannedClosure closure, InferredHost host, Platform? build, Action<Utf8JsonWriter> members) =>
        Write(output, command, version, json =>
        {
            WriteClosure(json, closure, host, build);
            WriteProblems(json, closure.Problems);
            members(json);
        });

    /// <summary>Writes one document with a line feed behind it, and of the head only what it is.</summary>
    public static void Write(Stream output, string command, string version, Action<Utf8JsonWriter> members)
    {
        ArgumentNullException.ThrowIfNull(output);
        JsonText.Write(output, json =>
        {
            json.WriteStartObject();
            json.WriteString("schema", JsonReport.Schema);
            json.WriteString("version", version);
            json.WriteString("command", command);
            members(json);
            json.WriteEndObject();
        });
    }

    /// <summary>Writes the part of the head that is about the closure.</summary>
    public static void WriteClosure(Utf8JsonWriter json, ScannedClosure closure, InferredHost host, Platform? build)
    {
        json.WriteString("depth", closure.Depth.ToName());
        json.WriteString("store", closure.Store);
        WritePaths(json, "roots", closure.Roots);
        WriteHost(json, host);
        json.WriteString("build", build?.System);
    }

    /// <summary>Writes where a closure is to run, and what tells.</summary>
    public static void WriteHost(Utf8JsonWriter json, InferredHost host)
    {
        json.WriteString("host", host.Platform?.System);
        json.WriteStartObject("hostFrom");
        json.WriteString("kind", host.Origin.ToName());
        WriteStrings(json, "evidence", host.Evidence);
        json.WriteEndObject();
    }

    /// <summary>Tells that a saved report was asked, which knows the bytes of findings alone.</summary>
    public static void WriteSaved(Utf8JsonWriter json, bool isSaved)
    {
        if (isSaved)
        {
            json.WriteBoolean("fromSavedReport", true);
        }
    }

    public static void WritePaths(Utf8JsonWriter json, string name, IEnumerable<StorePath> paths) => WriteStrings(json, name, paths.Select(path => path.ToString()));

    public static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
            FlushIfMuch(json);
        }

        json.WriteEndArray();
    }

    /// <summary>Hands on what was written when it is much: a report of a hundred thousand occurrences is not gathered in memory.</summary>
    public static void FlushIfMuch(Utf8JsonWriter json)
    {
        if (json.BytesPending > FlushAt)
        {
            json.Flush();
        }
    }

    public static void WriteProblems(Utf8JsonWriter json, IReadOnlyCollection<ScanProblem> problems)
    {
        json.WriteBoolean("complete", problems.Count == 0);
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
