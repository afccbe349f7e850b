namespace ClosureScan.Stores.Wire;

/// <summary>How conversations with a peer fail, and how that is told.</summary>
internal static class PeerFailure
{
    /// <summary>Whether an exception is the peer's, or the connection's.</summary>
    public static bool Is(Exception exception) => exception is WireException or PeerErrorException or IOException or ObjectDisposedException;

    /// <summary>A failure in words, the peer's last ones among them.</summary>
    public static StoreException Explain(Exception exception, IPeer peer, string location)
    {
        string said = peer.LastWords is { Length: > 0 } words ? $" It says: {WireText.OneLine(words)}" : "";
        return new StoreException(
            exception is PeerErrorException
                ? $"{location} reports an error: {exception.Message}{said}"
                : $"{location} does not speak Nix's protocol as expected: {exception.Message.TrimEnd('.')}.{said}",
            exception);
    }
}
