using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ClosureScan.Stores.Http;

/// <summary>
/// Makes what connects: HTTP/2 where the server has it, the environment's proxies (http_proxy, https_proxy, all_proxy, no_proxy), the
/// CA certificates that Nix would use, and a client certificate where one is given.
/// </summary>
internal static class HttpConnections
{
    /// <summary>Makes a handler.</summary>
    /// <exception cref="StoreException">A certificate file cannot be read.</exception>
    public static SocketsHttpHandler Create(HttpSettings settings)
    {
        SocketsHttpHandler handler = new()
        {
            MaxConnectionsPerServer = settings.Connections,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = settings.ConnectTimeout,
            AllowAutoRedirect = false,
            UseCookies = false,

            // What a server sends before it is heard is bounded as the rest is.
            MaxResponseHeadersLength = 64,
        };
        if (settings.CertificateFile is { } file)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(Read(file, static file =>
            {
                X509Certificate2Collection certificates = [];
                certificates.ImportFromPemFile(file);
                return certificates;
            }));
        }

        if (settings.ClientCertificate is { } client)
        {
            handler.SslOptions.ClientCertificates = [Read(client.Certificate, file => X509Certificate2.CreateFromPemFile(file, client.Key))];
            handler.SslOptions.LocalCertificateSelectionCallback = static (_, _, own, _, _) => own[0];
        }

        return handler;
    }

    private static T Read<T>(string file, Func<string, T> read)
    {
        try
        {
            return read(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StoreException($"The certificates in {file} cannot be read: {exception.Message} Name another file in NIX_SSL_CERT_FILE, or tls-certificate=.", exception);
        }
    }
}
