using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Graph.Exports;

namespace ClosureScan.Analysis.Reports;

/// <summary>Writes the sizes of a closure as JSON, schema <c>closurescan/1</c>, <c>"command": "size"</c>.</summary>
public static class SizeJson
{
    /// <summary>Writes the report, indented, UTF-8, with a line feed behind it.</summary>
    /// <param name="closure">The closure.</param>
    /// <param name="graph">Its graph.</param>
    /// <param name="sizes">The sizes of the same graph.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    public static void Write(ScannedClosure closure, ClosureGraph graph, ClosureSizes sizes, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(closure);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(sizes);
        CommandJson.Write(output, "size", version, closure, json =>
        {
            json.WriteNumber("closureSize", sizes.TotalSize);
            json.WriteNumber("closureCount", sizes.TotalCount);
            json.WriteNumber("sharedSize", sizes.Shared.Size);
            json.WriteNumber("sharedCount", sizes.Shared.Count);
            JsonExport.WritePaths(json, graph, sizes);
        });
    }
}
