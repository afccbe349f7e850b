using System.Buffers;
using ClosureScan.Input;

namespace ClosureScan.Stores.Http;

/// <summary>
/// A forward stream whose reading is asynchronous. Decoders read in the ordinary way, on threads of their own, and wait for it then.
/// </summary>
internal abstract class BlockingReads : ForwardStream
{
    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Wait(ReadAsync(buffer.AsMemory(offset, count)));

    public override int Read(Span<byte> buffer)
    {
        byte[] copy = ArrayPool<byte>.Shared.Rent(buffer.Length);
        try
        {
            int count = Read(copy, 0, buffer.Length);
            copy.AsSpan(0, count).CopyTo(buffer);
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private static int Wait(ValueTask<int> read) => read.IsCompletedSuccessfully ? read.Result : read.AsTask().GetAwaiter().GetResult();
}
