using System.Text.Json;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Comparing.Classes;
using ClosureScan.Analysis.Comparing.Fingerprints;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports;

/// <summary>Writes and reads the manifest of a comparison, schema <c>closurescan-classes/1</c>.</summary>
internal static class ClassesJson
{
    /// <summary>The value of the <c>schema</c> member.</summary>
    public const string Schema = "closurescan-classes/1";

    /// <summary>Opens the JSON Schema (draft 7) of the document.</summary>
    public static Stream OpenSchema() => typeof(ClassesJson).Assembly.GetManifestResourceStream("closurescan-classes-1.schema.json")!;

    /// <summary>Writes a manifest, indented, UTF-8, with a line feed behind it.</summary>
    /// <param name="classes">The manifest.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that writes.</param>
    public static void Write(ClosureClasses classes, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(output);
        JsonText.Write(output, json =>
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("version", version);
            json.WriteString("algorithm", classes.Algorithm.ToName());
            json.WriteNumber("maskSet", VolatileFields.Version);
            WriteSide(json, "cross", classes.Cross);
            WriteSide(json, "native", classes.Native);
            json.WriteEndObject();
        });
    }

    private static void WriteSide(Utf8JsonWriter json, string name, ComparedClosure side)
    {
        json.WriteStartObject(name);
        json.WriteString("store", side.Location);
        CommandJson.WritePaths(json, "roots", side.Roots);
        json.WriteStartArray("paths");
        foreach (PathClass path in side.Classes)
        {
            json.WriteStartObject();
            json.WriteString("path", path.Info.Path.ToString());
            json.WriteString("name", path.Info.Path.Name);
            json.WriteString("class", path.Class.ToString());
            if (path.Info.NarHash is { } hash)
            {
                json.WriteString("narHash", hash.ToString());
            }

            if (path.Level is { } level)
            {
                json.WriteString("level", level.ToName());
                json.WriteString("counterpart", path.Counterpart!.ToString());
            }

            json.WriteStartArray("masks");
            foreach (string mask in path.Masks)
            {
                json.WriteStringValue(mask);
            }

            json.WriteEndArray();
            CommandJson.WritePaths(json, "references", path.Info.References ?? []);
            if (path.Fingerprint is { } fingerprint)
            {
                WriteContents(json, fingerprint);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteContents(Utf8JsonWriter json, PathFingerprint fingerprint)
    {
        json.WriteStartObject("contents");
        json.WriteString("bare", fingerprint.Contents.Bare.ToString());
        json.WriteString("named", fingerprint.Contents.Named.ToString());
        if (fingerprint.Machine is { } machine)
        {
            json.WriteString("machine", machine.ToText());
        }

        // Whose hashes follow one another in the contents: indices of the paths, sorted by their hashes.
        json.WriteString("targets", string.Join(' ', fingerprint.Contents.Targets));
        json.WriteEndObject();
    }
}
