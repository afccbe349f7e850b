namespace ClosureScan.Stores.Http;

/// <summary>Hands a stream on and tells how many bytes went through. Owns its source.</summary>
internal sealed class CountedReads(Stream source, Action<int> count) : BlockingReads
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        count(read);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
