using ClosureScan.Stores.BinaryCache;
using ClosureScan.Stores.Configuration;
using ClosureScan.Stores.S3;
using ClosureScan.Stores.Signatures;

namespace ClosureScan.Stores.Http;

/// <summary>Binary caches behind a server: <c>http://</c>, <c>https://</c> and <c>s3://</c>.</summary>
internal sealed class HttpCacheStore : BinaryCacheStore, IDistantStore
{
    /// <summary>NARs at once; narinfos are smaller, and <see cref="HttpSettings.Connections"/> bounds them.</summary>
    private const int MostNars = 16;

    private readonly HttpFetcher _fetcher;

    private HttpCacheStore(string location, HttpFiles files, string storeDirectory, SignatureRule? rule, HttpFetcher fetcher)
        : base(location, files, storeDirectory, rule) => _fetcher = fetcher;

    public int QueriesAtOnce => _fetcher.Settings.Connections;

    public int ReadsAtOnce => Math.Min(MostNars, _fetcher.Settings.Connections);

    public bool LeavesOff => true;

    public long BytesFetched => _fetcher.BytesFetched;

    /// <summary>Parameters that Nix has for its own choices; nothing hangs on them here.</summary>
    private static readonly string[] Ignored = ["trusted", "priority", "want-mass-query", "compression", "parallel-compression", "compression-level", "path-info-cache-size"];

    /// <summary>Opens a cache.</summary>
    /// <exception cref="StoreException">The server does not answer, or what it says of itself is malformed.</exception>
    public static async Task<HttpCacheStore> OpenAsync(StoreUri uri, StoreOptions options, CancellationToken cancellationToken)
    {
        NixConfiguration configuration = NixConfiguration.Load();
        HttpSettings settings = HttpSettings.Load(uri, configuration) with { Logger = options.Logger };
        bool isS3 = uri.Scheme == "s3";
        uri.AllowParameters([.. HttpSettings.Parameters, .. isS3 ? S3Location.Parameters : [], .. Ignored]);
        S3Location? bucket = isS3 ? S3Location.Parse(uri) : null;
        Uri address = bucket?.Base ?? AddressOf(uri);
        HttpMessageHandler handler = HttpConnections.Create(settings);
        if (bucket is not null && S3Credentials.Find(bucket.Profile, Environment.GetEnvironmentVariable) is { } credentials)
        {
            handler = new SigningHandler(handler, bucket, credentials);
        }

        // What messages and reports call the store has no password in it.
        string location = address.UserInfo.Length == 0 ? uri.Text : uri.Text.Replace(address.UserInfo + "@", "", StringComparison.Ordinal);
        HttpFetcher fetcher = new(handler, settings, new HttpLogins(address, Netrc.Load(settings.NetrcFile)));
        HttpFiles files = new(address, fetcher);
        try
        {
            SignatureRule? rule = options.ChecksSignatures ? new SignatureRule(Signatures.TrustedKeys.Load(configuration, options.TrustedKeys)) : null;
            string directory = await CacheInfo.ReadStoreDirectoryAsync(files, cancellationToken).ConfigureAwait(false);
            return new HttpCacheStore(location, files, directory, rule, fetcher);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    private static Uri AddressOf(StoreUri uri) => Uri.TryCreate($"{uri.Scheme}://{uri.Path}", UriKind.Absolute, out Uri? address) && address.Host.Length > 0
        ? address
        : throw new StoreUriException($"The store \"{uri.Text}\" is no address of a server: {uri.Scheme}://HOST[:PORT][/PATH].");
}
