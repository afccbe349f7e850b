namespace ClosureScan.Stores.Http;

/// <summary>What is asked for.</summary>
/// <param name="Uri">Where.</param>
/// <param name="AcceptsEncodings">Whether the server may compress it on the way: not worth it for what is compressed already.</param>
/// <param name="Offset">The first byte that is wanted.</param>
internal sealed record HttpRequest(Uri Uri, bool AcceptsEncodings, long Offset = 0);
