namespace ClosureScan.Stores.Wire;

/// <summary>What a peer sends is not what its protocol has in that place. The message says what, without a full stop.</summary>
internal sealed class WireException(string message) : Exception(message);
