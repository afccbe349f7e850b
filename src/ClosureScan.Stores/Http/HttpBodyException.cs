namespace ClosureScan.Stores.Http;

/// <summary>A resource cannot be read to its end, whatever was tried.</summary>
internal sealed class HttpBodyException(string message) : Exception(message);
