using System.Threading.Channels;

namespace ClosureScan.Fleet.Dispatch;

/// <summary>A queue in the process: one process plans and works. What it holds ends with it, and the ledger publishes it to the next.</summary>
internal sealed class MemoryQueue : IShardQueue
{
    private readonly Channel<string> _names = Channel.CreateUnbounded<string>();

    public bool IsShared => false;

    public Task<long> CountAsync(CancellationToken cancellationToken) => Task.FromResult((long)_names.Reader.Count);

    public async Task PublishAsync(IReadOnlyCollection<string> shards, CancellationToken cancellationToken)
    {
        foreach (string shard in shards)
        {
            await _names.Writer.WriteAsync(shard, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<ShardDelivery?> ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (_names.Reader.TryRead(out string? name))
        {
            return new ShardDelivery(name, () => Task.CompletedTask);
        }

        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(patience);
        try
        {
            return new ShardDelivery(await _names.Reader.ReadAsync(end.Token).ConfigureAwait(false), () => Task.CompletedTask);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
