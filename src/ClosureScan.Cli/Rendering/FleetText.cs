using System.Globalization;
using ClosureScan.Fleet.Queries;
using ClosureScan.Paths;

namespace ClosureScan.Cli.Rendering;

/// <summary>What a ledger says, for people.</summary>
internal static class FleetText
{
    private const int BarWidth = 40;

    /// <summary>How far a ledger is.</summary>
    public static void Write(FleetStatus status, StyledWriter writer)
    {
        long planned = status.PlannedCount;
        long ended = status.CountOf("done") + status.CountOf("unreadable") + status.CountOf("poison");
        int filled = planned == 0 ? BarWidth : (int)(BarWidth * ended / planned);
        writer.Raw($"[{new string('#', filled)}{new string('.', BarWidth - filled)}] {Quantity.Number(ended)} of {Quantity.Count(planned, "NAR")}").Line();
        foreach ((string state, long count, long bytes) in status.Nars)
        {
            writer.Column(2).Raw($"{state,-10} {Quantity.Number(count),12}  {Quantity.Bytes(bytes)}", state is "unreadable" or "poison" or "lost" ? Style.Bad : Style.Plain).Line();
        }

        writer.Raw($"roots: {string.Join(", ", status.Roots.Select(root => $"{Quantity.Number(root.Count)} {root.State}").DefaultIfEmpty("none"))}").Line();
        foreach ((string cache, string reason, long count) in status.Errors)
        {
            writer.Raw($"{Quantity.Count(count, "NAR")} of {cache}: {reason}", Style.Bad).Line();
        }

        if (status.NarsPerSecond > 0)
        {
            string left = status.SecondsLeft switch
            {
                null => "",
                0 => ", nothing left",
                { } seconds => $", {TimeSpan.FromSeconds(Math.Ceiling(seconds)).ToString("c", CultureInfo.InvariantCulture)} left",
            };
            writer.Raw($"{status.NarsPerSecond.ToString("0.0", CultureInfo.InvariantCulture)} NARs/s, {Quantity.Bytes((long)status.BytesPerSecond)}/s{left}", Style.Dim).Line();
        }
    }

    /// <summary>The answer to a question, as a table.</summary>
    public static void Write(FleetQuery query, QueryAnswer answer, StyledWriter writer)
    {
        writer.Words(QueryFormats.About(answer)).Line();
        if (answer.Table.Rows.IsEmpty)
        {
            writer.Words("Nothing.").Line();
            return;
        }

        StorePath[] paths = [.. answer.Table.Rows.SelectMany(row => row).Select(PathOf).OfType<StorePath>().Distinct()];
        PathLabels labels = new(paths);
        string[][] cells =
        [
            [.. answer.Table.Columns.Select(Heading)],
            .. answer.Table.Rows.Select(row => row.Select((value, index) => PathOf(value) is { } path ? labels[path] : Cell(value, answer.Table.Columns[index].Kind)).ToArray()),
        ];
        WriteTable(cells, [.. answer.Table.Columns.Select(column => IsNumber(column.Kind))], writer);
    }

    /// <summary>Rows under each other. What does not fit in the line of a row stands below it: the longest text at the end.</summary>
    private static void WriteTable(string[][] cells, bool[] isNumber, StyledWriter writer)
    {
        int[] widths = [.. Enumerable.Range(0, isNumber.Length).Select(column => cells.Max(row => row[column].Length))];
        if (widths.Sum() + (2 * (widths.Length - 1)) > writer.Width)
        {
            int widest = Array.IndexOf(widths, widths.Max());
            T[] Moved<T>(T[] row) => [.. row[..widest], .. row[(widest + 1)..], row[widest]];
            (cells, isNumber, widths) = ([.. cells.Select(Moved)], Moved(isNumber), Moved(widths));
        }

        int fitting = Math.Max(1, Enumerable.Range(1, widths.Length).LastOrDefault(count => widths.Take(count).Sum() + (2 * (count - 1)) <= writer.Width));
        for (int line = 0; line < cells.Length; line++)
        {
            Style style = line == 0 ? Style.Dim : Style.Plain;
            string text = string.Join("  ", cells[line].Take(fitting).Select((cell, column) => isNumber[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd();
            writer.Indent(0).Raw(text, style).Line();
            string[] below = [.. cells[line].Skip(fitting).Select((cell, index) => line > 0 && isNumber[fitting + index] ? $"{cell} {cells[0][fitting + index]}" : cell).Where(cell => cell.Length > 0)];
            if (below.Length > 0)
            {
                writer.Indent(4).Column(4).Words(string.Join(": ", below), style).Line();
            }
        }

        writer.Indent(0);
    }

    /// <summary>The path that a value is the base name of; null where it is another text.</summary>
    private static StorePath? PathOf(object? value) => value is string text && StorePath.TryParse($"{StorePath.DefaultStoreDirectory}/{text}", out StorePath? path) ? path : null;

    /// <summary>A column's name where the unit is seen: <c>jobs</c>, <c>freed</c>.</summary>
    private static string Heading((string Name, ColumnKind Kind) column) => column.Kind switch
    {
        ColumnKind.Count => column.Name.Replace("Count", "s", StringComparison.Ordinal),
        ColumnKind.Bytes => column.Name.Replace("Bytes", "", StringComparison.Ordinal),
        _ => column.Name,
    };

    private static bool IsNumber(ColumnKind kind) => kind is ColumnKind.Count or ColumnKind.Bytes;

    private static string Cell(object? value, ColumnKind kind) => value switch
    {
        long bytes when kind == ColumnKind.Bytes => Quantity.Bytes(bytes),
        long number => Quantity.Number(number),
        _ => QueryFormats.Text(value),
    };
}
