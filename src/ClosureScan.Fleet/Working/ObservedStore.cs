using ClosureScan.Paths;
using ClosureScan.Stores.Http;
using ClosureScan.Walking;

namespace ClosureScan.Fleet.Working;

/// <summary>A store whose failures are looked at as they happen: whether a NAR is not there, or nobody could tell.</summary>
internal sealed class ObservedStore(IStore store) : IStore
{
    /// <summary>What happened last; null while nothing did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Whether it may be otherwise another time: a network that is down, a server that is overloaded.</summary>
    public bool IsTransient => IsTransientFailure(Failure);

    public string Directory => store.Directory;

    public string Location => store.Location;

    /// <summary>Whether a failure may pass.</summary>
    public static bool IsTransientFailure(Exception? failure) => failure is not null && (failure is HttpBodyException { IsTransient: true } || IsTransientFailure(failure.InnerException));

    public async ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default) => await store.FindAsync(path, cancellationToken).ConfigureAwait(false);

    public async ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default)
    {
        try
        {
            StoreContents contents = await store.OpenAsync(info, cancellationToken).ConfigureAwait(false);
            return contents.NarStream is { } nar
                ? StoreContents.Nar(new ObservedStream(nar, exception => Failure = exception), contents.Location, contents.NarSize, contents.NarHash, contents.Advice)
                : contents;
        }
        catch (StoreException exception)
        {
            Failure = exception;
            throw;
        }
    }

    private sealed class ObservedStream(Stream inner, Action<Exception> failed) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            try
            {
                return inner.Read(buffer);
            }
            catch (Exception exception)
            {
                failed(exception);
                throw;
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync().ConfigureAwait(false);
            await base.DisposeAsync().ConfigureAwait(false);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
