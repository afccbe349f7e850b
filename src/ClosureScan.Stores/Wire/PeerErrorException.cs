namespace ClosureScan.Stores.Wire;

/// <summary>A peer's own error, in its words.</summary>
internal sealed class PeerErrorException(string message) : Exception(message);
