using System.Globalization;
using ClosureScan.Fleet.Queries;

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

        string[][] cells = [[.. answer.Table.Columns.Select(column => column.Name)], .. answer.Table.Rows.Select(row => row.Select((value, index) => Cell(value, answer.Table.Columns[index].Kind)).ToArray())];
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => row[column].Length))];
        for (int line = 0; line < cells.Length; line++)
        {
            string text = string.Join("  ", cells[line].Select((cell, column) => IsNumber(answer.Table.Columns[column].Kind) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd();
            writer.Raw(text, line == 0 ? Style.Dim : Style.Plain).Line();
        }
    }

    private static bool IsNumber(ColumnKind kind) => kind is ColumnKind.Count or ColumnKind.Bytes;

    private static string Cell(object? value, ColumnKind kind) => value switch
    {
        long bytes when kind == ColumnKind.Bytes => Quantity.Bytes(bytes),
        long number => Quantity.Number(number),
        _ => QueryFormats.Text(value),
    };
}
