namespace ClosureScan.Stores.Http;

/// <summary>A resource cannot be read to its end, whatever was tried.</summary>
/// <param name="message">What is wrong, without a full stop.</param>
/// <param name="isTransient">See <see cref="IsTransient"/>.</param>
internal sealed class HttpBodyException(string message, bool isTransient = true) : Exception(message)
{
    /// <summary>Whether it may be otherwise another time: a network that is down, a server that has too much to do.</summary>
    public bool IsTransient => isTransient;
}
