using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClosureScan.Stores.S3;

/// <summary>
/// Signs GET requests to one bucket's server by AWS Signature Version 4 ("Authenticating Requests (AWS Signature Version 4)", Amazon S3 API
/// reference). What a redirect leads elsewhere goes unsigned.
/// </summary>
internal sealed class SigningHandler(HttpMessageHandler inner, S3Location location, S3Credentials credentials, TimeProvider? time = null) : DelegatingHandler(inner)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The hash of a body of no bytes.</summary>
    private static readonly string EmptyBody = Convert.ToHexStringLower(SHA256.HashData([]));

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.Authority == location.Base.Authority)
        {
            Sign(request);
        }

        return base.SendAsync(request, cancellationToken);
    }

    private void Sign(HttpRequestMessage request)
    {
        string now = _time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        SortedDictionary<string, string> headers = new(StringComparer.Ordinal)
        {
            ["host"] = request.RequestUri!.Authority,
            ["x-amz-content-sha256"] = EmptyBody,
            ["x-amz-date"] = now,
        };
        if (credentials.SessionToken is { } token)
        {
            headers["x-amz-security-token"] = token;
        }

        if (location.RequesterPays)
        {
            headers["x-amz-request-payer"] = "requester";
        }

        foreach ((string name, string value) in headers.Where(header => header.Key != "host"))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (request.Headers.Range is { } range)
        {
            headers["range"] = range.ToString();
        }

        string names = string.Join(';', headers.Keys);
        string canonical = string.Join('\n',
        [
            request.Method.Method, Encode(request.RequestUri), "", .. headers.Select(header => $"{header.Key}:{header.Value}"), "", names, EmptyBody,
        ]);
        string scope = $"{now[..8]}/{location.Region}/s3/aws4_request";
        string toSign = string.Join('\n', Algorithm, now, scope, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + credentials.Secret);
        foreach (string part in (string[])[now[..8], location.Region, "s3", "aws4_request", toSign])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        request.Headers.Authorization = null;
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"{Algorithm} Credential={credentials.KeyId}/{scope}, SignedHeaders={names}, Signature={Convert.ToHexStringLower(key)}");
    }

    /// <summary>The path as it is signed: each part escaped once, all but letters, digits and <c>-._~</c>.</summary>
    private static string Encode(Uri uri) => string.Join('/', uri.AbsolutePath.Split('/').Select(part => Uri.EscapeDataString(Uri.UnescapeDataString(part))));
}
