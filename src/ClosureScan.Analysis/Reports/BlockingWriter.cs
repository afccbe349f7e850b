using System.IO.Pipelines;

namespace ClosureScan.Analysis.Reports;

/// <summary>
/// Lets code that writes when it likes write to somebody who must never be blocked, such as the body of a response: the code runs on a
/// thread of the pool and fills a pipe, which holds it up when it is ahead. Memory: some 64 KiB, however long the report.
/// </summary>
internal static class BlockingWriter
{
    private static readonly PipeOptions Bounds = new(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024, useSynchronizationContext: false);

    /// <summary>Runs <paramref name="write"/> and passes on what it writes. Its exception is the caller's.</summary>
    public static async Task RunAsync(Action<Stream> write, Stream output, CancellationToken cancellationToken)
    {
        Pipe pipe = new(Bounds);
        Task writing = Task.Run(() => Write(write, pipe.Writer), CancellationToken.None);
        try
        {
            await pipe.Reader.CopyToAsync(output, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The writer then throws at its next flush, and ends.
            await pipe.Reader.CompleteAsync(exception).ConfigureAwait(false);
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await writing.ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void Write(Action<Stream> write, PipeWriter writer)
    {
        try
        {
            using Stream stream = writer.AsStream(leaveOpen: true);
            using BufferedStream buffered = new(stream, 16 * 1024);
            write(buffered);
            buffered.Flush();
            writer.Complete();
        }
        catch (Exception exception)
        {
            writer.Complete(exception);
        }
    }
}
