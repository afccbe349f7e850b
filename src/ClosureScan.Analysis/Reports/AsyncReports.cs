using System.IO.Pipelines;
using ClosureScan.Analysis.Policy;

namespace ClosureScan.Analysis.Reports;

/// <summary>
/// Every report without a blocking write: for the body of a response, which refuses one, and for whatever takes its time. The bytes are those of
/// the writers of streams. Memory: some 64 KiB beside the report itself.
/// </summary>
public static class AsyncReports
{
    /// <summary>Writes a verdict in a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="output">Where to; flushed, and left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static Task WriteAsync(this ReportFormat format, PolicyVerdict verdict, Stream output, string version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(version);
        return BlockingWriter.RunAsync(stream => format.Write(verdict, stream, version), output, cancellationToken);
    }

    /// <summary>Writes a verdict in a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="output">Where to; flushed, and not completed.</param>
    /// <param name="version">The version of the program that reports.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static Task WriteAsync(this ReportFormat format, PolicyVerdict verdict, PipeWriter output, string version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        return format.WriteAsync(verdict, output.AsStream(leaveOpen: true), version, cancellationToken);
    }

    /// <summary>Writes a report that no policy judged, as JSON.</summary>
    /// <param name="report">The report.</param>
    /// <param name="output">Where to; flushed, and left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static Task WriteJsonAsync(this ClosureReport report, Stream output, string version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(version);
        return BlockingWriter.RunAsync(stream => JsonReport.Write(report, stream, version), output, cancellationToken);
    }

    /// <summary>Writes a report that no policy judged, as JSON.</summary>
    /// <param name="report">The report.</param>
    /// <param name="output">Where to; flushed, and not completed.</param>
    /// <param name="version">The version of the program that reports.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static Task WriteJsonAsync(this ClosureReport report, PipeWriter output, string version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        return report.WriteJsonAsync(output.AsStream(leaveOpen: true), version, cancellationToken);
    }
}
