namespace ClosureScan.Fleet.Dispatch;

/// <summary>A name that a worker took. It is somebody else's when it is not acknowledged.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="AcknowledgeAsync">Says that all is done about it. That it cannot be said is no error: it comes again, and is found done.</param>
internal sealed record ShardDelivery(string Shard, Func<Task> AcknowledgeAsync);
