using ClosureScan.Stores.BinaryCache;
using ClosureScan.Stores.Compression;

namespace ClosureScan.Stores.Http;

/// <summary>The files of a binary cache behind a server. Owns its fetcher.</summary>
internal sealed class HttpFiles(Uri address, HttpFetcher fetcher) : ICacheFiles
{
    private readonly Uri _base = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");

    public string NameOf(string file) => Resolve(file).GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);

    public async ValueTask<byte[]?> ReadAsync(string file, int most, CancellationToken cancellationToken) =>
        await fetcher.GetAsync(Resolve(file), most, cancellationToken).ConfigureAwait(false);

    public async ValueTask<CacheFile> OpenAsync(string url, CompressionMethod method, long? fileSize, CancellationToken cancellationToken)
    {
        // What is compressed already gains nothing by being compressed on the way.
        Uri uri = Resolve(url);
        Stream? bytes = await fetcher.OpenAsync(uri, acceptsEncodings: method == CompressionMethod.None, cancellationToken).ConfigureAwait(false);
        return bytes is null
            ? throw new StoreException($"it is not at {NameOf(url)}.") { Place = NameOf(url) }
            : new CacheFile(bytes, NameOf(url));
    }

    public void Dispose() => fetcher.Dispose();

    private Uri Resolve(string url) => Uri.TryCreate(_base, url, out Uri? uri) && uri.Scheme is "http" or "https"
        ? uri
        : throw new StoreException($"its URL \"{url}\" is no address of a server.");
}
