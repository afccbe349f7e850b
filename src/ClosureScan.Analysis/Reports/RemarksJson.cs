using System.Text.Json;

namespace ClosureScan.Analysis.Reports;

/// <summary>What the JSON report tells of things that the scan left out without being incomplete.</summary>
internal static class RemarksJson
{
    /// <summary>Writes the member <c>remarks</c>; nothing when nothing was left out.</summary>
    public static void Write(Utf8JsonWriter json, ScannedClosure closure)
    {
        bool isEmpty = true;
        foreach (ScannedPath path in closure.Paths)
        {
            foreach (ScanRemark remark in path.Scan?.Remarks ?? [])
            {
                if (isEmpty)
                {
                    json.WriteStartArray("remarks");
                    isEmpty = false;
                }

                json.WriteStartObject();
                json.WriteString("path", path.Info.Path.ToString());
                json.WriteString("kind", remark.Kind.ToName());
                json.WriteString("message", remark.Kind.Describe());
                json.WriteNumber("count", remark.Count);
                json.WriteStartArray("examples");
                foreach (string file in remark.Files)
                {
                    json.WriteStringValue(file);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        }

        if (!isEmpty)
        {
            json.WriteEndArray();
        }
    }
}
