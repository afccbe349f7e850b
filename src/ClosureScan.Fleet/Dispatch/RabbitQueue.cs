using System.Text;
using System.Threading.Channels;
using ClosureScan.Fleet.Ledgers;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace ClosureScan.Fleet.Dispatch;

/// <summary>
/// A quorum queue of a RabbitMQ. A name goes to one worker, and to another when that one's connection ends before it acknowledges. The queue takes so many names and no
/// more. While the broker is away, or starts again, it is connected to anew.
/// </summary>
internal sealed class RabbitQueue : IShardQueue
{
    /// <summary>As many as may wait; the ledger has the others.</summary>
    private const int MostWaiting = 20_000;

    /// <summary>How often a name may be taken and not acknowledged; the ledger has given it up long before.</summary>
    private const int MostDeliveries = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConnectionFactory _factory;
    private readonly string _name;
    private readonly string _location;
    private readonly ushort _prefetch;
    private readonly SemaphoreSlim _connecting = new(1);
    private IConnection? _connection;
    private IChannel? _channel;
    private Channel<ShardDelivery> _received = Channel.CreateUnbounded<ShardDelivery>();

    /// <summary>Takes the address of a broker; it is connected to when it is used.</summary>
    /// <param name="text"><c>amqp://USER:PASSWORD@HOST/VHOST</c>, or <c>amqps://</c>; with <c>?heartbeat=SECONDS</c> and <c>password-file=FILE</c>.</param>
    /// <param name="ledger">Names the ledger: each has a queue of its own.</param>
    /// <param name="prefetch">How many names a worker takes before it has done any.</param>
    /// <exception cref="FleetException">It is no such address.</exception>
    public RabbitQueue(string text, string ledger, int prefetch)
    {
        try
        {
            Uri uri = new(text);
            if (uri.Scheme is not ("amqp" or "amqps"))
            {
                throw new UriFormatException();
            }

            Dictionary<string, string> parameters = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(parameter => parameter.Split('=', 2))
                .ToDictionary(parameter => parameter[0], parameter => Uri.UnescapeDataString(parameter.ElementAtOrDefault(1) ?? ""));
            _factory = new ConnectionFactory
            {
                Uri = new UriBuilder(uri) { Query = "" }.Uri,
                AutomaticRecoveryEnabled = false,
                ClientProvidedName = $"closurescan {Environment.MachineName}/{Environment.ProcessId}",
                RequestedHeartbeat = TimeSpan.FromSeconds(parameters.TryGetValue("heartbeat", out string? seconds) ? double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture) : 30),
            };
            if (parameters.TryGetValue("password-file", out string? file))
            {
                _factory.Password = File.ReadAllText(file).TrimEnd('\n', '\r');
            }

            _location = $"{uri.Scheme}://{uri.Authority}{uri.AbsolutePath}";
            _name = $"closurescan-{ledger}";
            _prefetch = (ushort)prefetch;
        }
        catch (Exception exception) when (exception is UriFormatException or ArgumentException or FormatException)
        {
            throw new FleetException(ErrorKind.Unknown, $"The queue is no address of a broker: write amqp://USER@HOST/VHOST, or amqps:// for TLS.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FleetException(ErrorKind.Unknown, $"The file with the broker's password cannot be read: {exception.Message}", exception);
        }
    }

    public bool IsShared => true;

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        RunAsync(async channel => (long)await channel.MessageCountAsync(_name, cancellationToken).ConfigureAwait(false), cancellationToken);

    public Task PublishAsync(IReadOnlyCollection<string> shards, CancellationToken cancellationToken) => RunAsync(
        async channel =>
        {
            BasicProperties durable = new() { Persistent = true };
            try
            {
                foreach (string[] batch in shards.Chunk(128))
                {
                    await Task.WhenAll(batch.Select(shard => channel.BasicPublishAsync("", _name, mandatory: true, durable, Encoding.ASCII.GetBytes(shard), cancellationToken).AsTask())).ConfigureAwait(false);
                }
            }
            catch (PublishException)
            {
                // No room: the ledger knows that they wait.
            }

            return 0;
        },
        cancellationToken);

    public async Task<ShardDelivery?> ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        ChannelReader<ShardDelivery> received = await RunAsync(_ => Task.FromResult(_received.Reader), cancellationToken).ConfigureAwait(false);
        if (received.TryRead(out ShardDelivery? delivery))
        {
            return delivery;
        }

        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(patience);
        try
        {
            return await received.ReadAsync(end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        _connecting.Dispose();
    }

    private static bool IsLost(Exception exception) =>
        exception is BrokerUnreachableException or AlreadyClosedException or OperationInterruptedException or IOException or TimeoutException or ObjectDisposedException or System.Net.Sockets.SocketException;

    private async Task<T> RunAsync<T>(Func<IChannel, Task<T>> work, CancellationToken cancellationToken)
    {
        long start = Environment.TickCount64;
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return await work(await ConnectAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsLost(exception) && Environment.TickCount64 - start < Patience.TotalMilliseconds)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(2000, 100 << Math.Min(attempt, 5))), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsLost(exception) || exception is RabbitMQClientException)
            {
                throw new FleetException(ErrorKind.Unreadable, $"The queue {_location} cannot be reached: {exception.Message}\nThe ledger has what was done: run the same command again when it can.", exception);
            }
        }
    }

    private async Task<IChannel> ConnectAsync(CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_channel is { IsOpen: true } open)
            {
                return open;
            }

            await CloseAsync().ConfigureAwait(false);
            _connection = await _factory.CreateConnectionAsync(cancellationToken).ConfigureAwait(false);
            IChannel channel = await _connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken).ConfigureAwait(false);
            await DeclareAsync(channel, cancellationToken).ConfigureAwait(false);
            _received = Channel.CreateUnbounded<ShardDelivery>();
            await ConsumeAsync(channel, _received.Writer, cancellationToken).ConfigureAwait(false);
            return _channel = channel;
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task DeclareAsync(IChannel channel, CancellationToken cancellationToken)
    {
        // What is given up here is not lost: the ledger publishes it again. The dead are kept for whoever wonders.
        string dead = _name + "-dead";
        await channel.QueueDeclareAsync(dead, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellationToken).ConfigureAwait(false);
        await channel.QueueDeclareAsync(
            _name,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?>
            {
                ["x-queue-type"] = "quorum",
                ["x-delivery-limit"] = MostDeliveries,
                ["x-max-length"] = MostWaiting,
                ["x-overflow"] = "reject-publish",
                ["x-dead-letter-exchange"] = "",
                ["x-dead-letter-routing-key"] = dead,
                ["x-dead-letter-strategy"] = "at-least-once",
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        await channel.BasicQosAsync(0, _prefetch, global: false, cancellationToken).ConfigureAwait(false);
    }

    private async Task ConsumeAsync(IChannel channel, ChannelWriter<ShardDelivery> received, CancellationToken cancellationToken)
    {
        AsyncEventingBasicConsumer consumer = new(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            ulong tag = message.DeliveryTag;
            string shard = Encoding.ASCII.GetString(message.Body.Span);
            await received.WriteAsync(new ShardDelivery(shard, () => AcknowledgeAsync(channel, tag)), CancellationToken.None).ConfigureAwait(false);
        };
        consumer.ShutdownAsync += (_, _) =>
        {
            received.TryComplete();
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(_name, autoAck: false, consumer, cancellationToken).ConfigureAwait(false);
    }

    private static async Task AcknowledgeAsync(IChannel channel, ulong tag)
    {
        try
        {
            await channel.BasicAckAsync(tag, multiple: false).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsLost(exception))
        {
        }
    }

    private async Task CloseAsync()
    {
        try
        {
            if (_connection is not null)
            {
                await _connection.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (IsLost(exception))
        {
        }

        (_connection, _channel) = (null, null);
    }
}
