namespace ClosureScan.Stores.Http;

/// <summary>A successful answer whose body is being read; it holds its turn at the origin's gate until it is disposed.</summary>
/// <param name="Response">The answer.</param>
/// <param name="Body">The body, without Content-Encoding.</param>
/// <param name="Start">Which byte of the whole the body begins with.</param>
/// <param name="Total">How many bytes the whole has; null where the server does not tell, or tells of encoded ones.</param>
/// <param name="CanResume">Whether the server sends parts.</param>
/// <param name="Gate">The origin's gate.</param>
internal sealed record HttpExchange(HttpResponseMessage Response, Stream Body, long Start, long? Total, bool CanResume, OriginGate Gate) : IDisposable
{
    private int _disposed;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Body.Dispose();
            Response.Dispose();
            Gate.Leave();
        }
    }
}
