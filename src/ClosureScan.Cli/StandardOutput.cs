using System.Runtime.InteropServices;

namespace ClosureScan.Cli;

/// <summary>
/// Standard output that tells when nobody reads it. .NET's own console stream takes a full disk and a closed pipe for
/// success, and would go on reading gigabytes that nobody wants. Not seekable, never buffered; disposing it closes nothing.
/// </summary>
internal sealed partial class StandardOutput : Stream
{
    private const int Descriptor = 1;
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int TryAgainOnMac = 35;
    private const int BrokenPipe = 32;

    private StandardOutput()
    {
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>
    /// Takes the stream's place for what is called below whoever sets it: so a test runs the tool in its own process, which costs a tenth of
    /// another one. Null for the stream of the process.
    /// </summary>
    public static AsyncLocal<Stream?> Instead { get; } = new();

    /// <summary>Does what writes, and is content when its reader has gone.</summary>
    public static void WriteWhileRead(Action write)
    {
        try
        {
            write();
        }
        catch (ReaderGoneException)
        {
        }
    }

    /// <summary>The stream of this process.</summary>
    public static Stream Open() => Instead.Value ?? (OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new StandardOutput());

    /// <exception cref="ReaderGoneException">The reader has gone.</exception>
    /// <exception cref="IOException">The bytes went nowhere: the disk is full, or there is no standard output.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!StandardStreams.HasOutput && !buffer.IsEmpty)
        {
            throw new IOException("Standard output is closed.");
        }

        while (!buffer.IsEmpty)
        {
            nint written = Write(Descriptor, buffer, buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Interrupted:
                    break;
                case TryAgain or TryAgainOnMac:
                    // Somebody who shares the pipe made it non-blocking.
                    Thread.Sleep(1);
                    break;
                case BrokenPipe:
                    throw new ReaderGoneException();
                default:
                    throw new IOException($"Standard output: {Marshal.GetLastPInvokeErrorMessage()}.");
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> buffer, nint count);
}
