using System.Buffers;
using System.Globalization;
using ClosureScan.Analysis.Reports;
using ClosureScan.Media;

namespace ClosureScan.Fleet.Queries;

/// <summary>Answers for machines and for pages: CSV, JSON, Markdown, HTML.</summary>
internal static class QueryFormats
{
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n");

    /// <summary>Writes a table with commas, and a header line.</summary>
    public static void WriteCsv(QueryTable table, TextWriter output)
    {
        WriteLine(output, table.Columns.Select(column => column.Name));
        foreach (var row in table.Rows)
        {
            WriteLine(output, row.Select(Text));
        }
    }

    /// <summary>Writes a document of <c>closurescan/2</c> with the command <c>fleet query</c>.</summary>
    public static void WriteJson(FleetQuery query, QueryAnswer answer, Stream output, string version) => CommandJson.Write(output, "fleet query", version, json =>
    {
        json.WriteString("query", query.Name);
        json.WriteString("evaluation", answer.Evaluation);
        json.WriteString("before", answer.Before);
        json.WriteBoolean("complete", answer.IncompleteCount == 0);
        json.WriteNumber("incompleteJobCount", answer.IncompleteCount);
        json.WriteStartArray("rows");
        foreach (var row in answer.Table.Rows)
        {
            json.WriteStartObject();
            for (int index = 0; index < row.Length; index++)
            {
                json.WritePropertyName(answer.Table.Columns[index].Name);
                switch (row[index])
                {
                    case null:
                        json.WriteNullValue();
                        break;
                    case long number:
                        json.WriteNumberValue(number);
                        break;
                    case var text:
                        json.WriteStringValue((string)text);
                        break;
                }
            }

            json.WriteEndObject();
            CommandJson.FlushIfMuch(json);
        }

        json.WriteEndArray();
    });

    /// <summary>Writes a table of Markdown, as it may stand in a comment.</summary>
    public static void WriteMarkdown(FleetQuery query, QueryAnswer answer, TextWriter output)
    {
        output.Write($"### {HtmlText.InMarkdown(query.Question)}\n\n{HtmlText.InMarkdown(About(answer))}\n\n");
        output.Write($"| {string.Join(" | ", answer.Table.Columns.Select(column => HtmlText.InMarkdown(column.Name)))} |\n|{string.Concat(answer.Table.Columns.Select(column => column.Kind is ColumnKind.Count or ColumnKind.Bytes ? "---:|" : "---|"))}\n");
        foreach (var row in answer.Table.Rows)
        {
            output.Write($"| {string.Join(" | ", row.Select(value => HtmlText.InMarkdown(Text(value))))} |\n");
        }
    }

    /// <summary>Writes a page of its own, which fetches nothing.</summary>
    public static void WriteHtml(FleetQuery query, QueryAnswer answer, TextWriter output)
    {
        HtmlText head = $"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>closurescan fleet query {query.Name}</title>
            <style>body{"{"}font:14px sans-serif;margin:2em{"}"}table{"{"}border-collapse:collapse{"}"}td,th{"{"}border:1px solid #8888;padding:.2em .5em;text-align:left;vertical-align:top{"}"}td.n{"{"}text-align:right{"}"}</style>
            <h1>{query.Question}</h1>
            <p>{About(answer)}</p>
            <table>
            <tr>
            """;
        output.Write(head.ToString());
        foreach ((string name, _) in answer.Table.Columns)
        {
            HtmlText cell = $"<th>{name}</th>";
            output.Write(cell.ToString());
        }

        output.Write("</tr>\n");
        foreach (var row in answer.Table.Rows)
        {
            output.Write("<tr>");
            foreach (object? value in row)
            {
                HtmlText cell = value is long ? (HtmlText)$"<td class=\"n\">{Text(value)}</td>" : $"<td>{Text(value)}</td>";
                output.Write(cell.ToString());
            }

            output.Write("</tr>\n");
        }

        output.Write("</table>\n</html>\n");
    }

    /// <summary>A value as text.</summary>
    public static string Text(object? value) => value is long number ? number.ToString(CultureInfo.InvariantCulture) : (string?)value ?? "";

    /// <summary>What an answer is about, one sentence.</summary>
    public static string About(QueryAnswer answer)
    {
        string about = answer.Before is null ? $"Evaluation {answer.Evaluation}." : $"Evaluation {answer.Evaluation}, compared with {answer.Before}.";
        return answer.IncompleteCount == 0 ? about : $"{about} {answer.IncompleteCount} of its jobs are not judged, or lack something.";
    }

    /// <summary>Writes one line of CSV, of visible text: it may be shown as it is.</summary>
    public static void WriteLine(TextWriter output, IEnumerable<string> values)
    {
        output.Write(string.Join(',', values.Select(VisibleText.Of).Select(value => value.AsSpan().ContainsAny(NeedsQuotes) ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value)));
        output.Write('\n');
    }
}
