using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClosureScan.Testing;

/// <summary>A web server on a free port of this machine, which answers as a test wants. Dispose it to stop it.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<string> _requests = [];

    private TestServer(WebApplication application) => _application = application;

    /// <summary>Its address, without a slash at the end.</summary>
    public string Address => _application.Urls.First().TrimEnd('/');

    /// <summary>What was asked for so far, <c>METHOD PATH</c> with the query.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>The certificate of a server with TLS, in PEM; nobody trusts it unless told.</summary>
    public string CertificatePem { get; private init; } = "";

    /// <summary>Starts a server.</summary>
    /// <param name="answer">Answers a request.</param>
    /// <param name="tls">Whether it speaks TLS, and so HTTP/2.</param>
    public static async Task<TestServer> StartAsync(RequestDelegate answer, bool tls = false)
    {
        X509Certificate2? certificate = tls ? MakeCertificate() : null;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        if (tls)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MinResponseDataRate = null;
            options.Listen(IPAddress.Loopback, 0, listen =>
            {
                if (certificate is not null)
                {
                    listen.Protocols = HttpProtocols.Http1AndHttp2;
                    listen.UseHttps(certificate);
                }
            });
        });
        WebApplication application = builder.Build();
        TestServer server = new(application) { CertificatePem = certificate?.ExportCertificatePem() ?? "" };
        application.Run(context =>
        {
            server._requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            return answer(context);
        });
        await application.StartAsync().ConfigureAwait(false);
        return server;
    }

    /// <summary>Starts a server of a folder's files, as the usual binary caches are: with ranges, and 404 for what is not there.</summary>
    public static Task<TestServer> StartFolderAsync(string folder, bool tls = false) => StartAsync(context => SendFileAsync(context, folder), tls);

    /// <summary>Answers with the file that a request names.</summary>
    public static Task SendFileAsync(HttpContext context, string folder)
    {
        ArgumentNullException.ThrowIfNull(context);
        string file = Path.Combine(folder, context.Request.Path.Value!.TrimStart('/'));
        return File.Exists(file)
            ? TypedResults.PhysicalFile(file, "application/octet-stream", enableRangeProcessing: true).ExecuteAsync(context)
            : TypedResults.NotFound().ExecuteAsync(context);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(100));
        try
        {
            await _application.StopAsync(soon.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }

        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static X509Certificate2 MakeCertificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
