using System.Globalization;
using System.Xml;

namespace ClosureScan.Analysis.Graph.Exports;

/// <summary>
/// The closure as GraphML (graphml.graphdrawing.org), which Gephi, yEd and NetworkX read: path, NAR size and root mark of every
/// node, closure and added size when they are given. Written as it goes, in bounded memory.
/// </summary>
/// <remarks>Not by QuikGraph.Serialization: it makes its writers with Reflection.Emit when it runs, which a native program cannot.</remarks>
internal static class GraphMlExport
{
    private const string Namespace = "http://graphml.graphdrawing.org/xmlns";

    /// <summary>Writes one document.</summary>
    /// <param name="output">Where it is written; not disposed.</param>
    /// <param name="graph">The closure.</param>
    /// <param name="sizes">The sizes of the same graph, or null to leave them out.</param>
    public static void Write(TextWriter output, ClosureGraph graph, ClosureSizes? sizes = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(graph);
        using var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, NewLineChars = "\n", CloseOutput = false });
        xml.WriteStartDocument();
        xml.WriteStartElement("graphml", Namespace);
        WriteKey(xml, "path", "string");
        WriteKey(xml, "narSize", "long");
        WriteKey(xml, "root", "boolean");
        if (sizes is not null)
        {
            WriteKey(xml, "closureSize", "long");
            WriteKey(xml, "addedSize", "long");
        }

        xml.WriteStartElement("graph", Namespace);
        xml.WriteAttributeString("id", "closure");
        xml.WriteAttributeString("edgedefault", "directed");
        for (int node = 0; node < graph.NodeCount; node++)
        {
            xml.WriteStartElement("node", Namespace);
            xml.WriteAttributeString("id", Id(node));
            WriteData(xml, "path", graph.FullLabel(node));
            WriteData(xml, "narSize", Text(graph.NarSize(node)));
            WriteData(xml, "root", graph.Roots.BinarySearch(node) >= 0 ? "true" : "false");
            if (sizes is not null)
            {
                WriteData(xml, "closureSize", Text(sizes.ClosureSize(node)));
                WriteData(xml, "addedSize", Text(sizes.AddedSize(node)));
            }

            xml.WriteEndElement();
        }

        for (int node = 0; node < graph.NodeCount; node++)
        {
            foreach (int successor in graph.Successors(node))
            {
                xml.WriteStartElement("edge", Namespace);
                xml.WriteAttributeString("source", Id(node));
                xml.WriteAttributeString("target", Id(successor));
                xml.WriteEndElement();
            }
        }

        xml.WriteEndDocument();
    }

    private static string Id(int node) => "n" + Text(node);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static void WriteKey(XmlWriter xml, string name, string type)
    {
        xml.WriteStartElement("key", Namespace);
        xml.WriteAttributeString("id", name);
        xml.WriteAttributeString("for", "node");
        xml.WriteAttributeString("attr.name", name);
        xml.WriteAttributeString("attr.type", type);
        xml.WriteEndElement();
    }

    private static void WriteData(XmlWriter xml, string key, string value)
    {
        xml.WriteStartElement("data", Namespace);
        xml.WriteAttributeString("key", key);
        xml.WriteString(value);
        xml.WriteEndElement();
    }
}
