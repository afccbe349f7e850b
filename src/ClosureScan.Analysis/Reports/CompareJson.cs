using System.Collections.Immutable;
using System.Text.Json;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Reports;

/// <summary>Writes a comparison as JSON, schema <c>closurescan/2</c>, <c>"command": "compare"</c>.</summary>
internal static class CompareJson
{
    /// <summary>Opens the JSON Schema (draft 7) of the document.</summary>
    public static Stream OpenSchema() => typeof(CompareJson).Assembly.GetManifestResourceStream("closurescan-2-compare.schema.json")!;

    /// <summary>Writes the report, indented, UTF-8, with a line feed behind it.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    public static void Write(ClosureComparison comparison, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        CommandJson.Write(output, "compare", version, json =>
        {
            json.WriteString("depth", ScanDepth.Contents.ToName());
            WriteSide(json, "cross", comparison.Cross, comparison.CrossHost);
            WriteSide(json, "native", comparison.Native, comparison.NativeHost);
            CommandJson.WriteProblems(json, comparison.Problems);
            json.WriteString("level", comparison.Level.ToName());
            json.WriteStartObject("pairCounts");
            foreach (ComparisonLevel level in ComparisonLevels.Values)
            {
                json.WriteNumber(level.ToName(), comparison.Count(level));
            }

            json.WriteEndObject();
            json.WriteStartArray("pairs");
            foreach (PathPair pair in comparison.Pairs)
            {
                WritePair(json, pair);
            }

            json.WriteEndArray();
            json.WriteStartArray("unpaired");
            foreach (UnpairedPath path in comparison.Unpaired)
            {
                json.WriteStartObject();
                json.WriteString("path", path.Path.ToString());
                json.WriteString("side", path.IsCross ? "cross" : "native");
                json.WriteString("reason", path.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static void WriteSide(Utf8JsonWriter json, string name, ComparedClosure side, InferredHost host)
    {
        json.WriteStartObject(name);
        json.WriteString("store", side.Location);
        CommandJson.WritePaths(json, "roots", side.Roots);
        CommandJson.WriteHost(json, host);
        json.WriteNull("build");
        json.WriteNumber("pathCount", side.Paths.Length);
        json.WriteEndObject();
    }

    private static void WritePair(Utf8JsonWriter json, PathPair pair)
    {
        json.WriteStartObject();
        json.WriteString("cross", pair.Cross.ToString());
        json.WriteString("native", pair.Native.ToString());
        json.WriteString("level", pair.Level.ToName());
        json.WriteStartArray("masks");
        foreach (string mask in pair.Masks)
        {
            json.WriteStringValue(mask);
        }

        json.WriteEndArray();
        if (pair.Files.Compared > 0)
        {
            json.WriteNumber("fileCount", pair.Files.Compared);
            json.WriteNumber("equalFileCount", pair.Files.Equal);
        }

        WriteDifferences(json, pair.Differences);
        WriteAnswers(json, pair.Answers);
        json.WriteEndObject();
    }

    private static void WriteDifferences(Utf8JsonWriter json, ImmutableArray<Difference> differences)
    {
        json.WriteStartArray("differences");
        foreach (Difference difference in differences)
        {
            json.WriteStartObject();
            json.WriteString("kind", difference.Kind.ToName());
            json.WriteString("level", difference.Level.ToName());
            json.WriteString("file", difference.File);
            WriteOptional(json, "subject", difference.Subject);
            WriteOptional(json, "cross", difference.Cross);
            WriteOptional(json, "native", difference.Native);
            WriteOptional(json, "meaning", difference.Meaning);
            WriteOptional(json, "cause", difference.Cause);
            if (difference.MoreCount > 0)
            {
                json.WriteNumber("moreCount", difference.MoreCount);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAnswers(Utf8JsonWriter json, ImmutableArray<ConfigureAnswer> answers)
    {
        if (answers.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("answers");
        foreach (ConfigureAnswer answer in answers)
        {
            json.WriteStartObject();
            json.WriteString("question", answer.Question);
            WriteOptional(json, "cross", answer.Cross);
            WriteOptional(json, "native", answer.Native);
            json.WriteBoolean("guessed", answer.IsGuess);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }
}
