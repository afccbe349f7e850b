using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClosureScan.Testing;
using Microsoft.AspNetCore.Http;

namespace ClosureScan.Stores.Tests;

/// <summary>A bucket in a folder that answers who signs as the S3 API reference says, and nobody else.</summary>
public sealed class S3Server : IAsyncDisposable
{
    public const string KeyId = "AKIDEXAMPLE";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string Bucket = "cache";
    private const string Region = "eu-north-1";

    private readonly TestServer _server;

    private S3Server(TestServer server) => _server = server;

    public string Uri => $"s3://{Bucket}?region={Region}&endpoint={_server.Address}";

    public static async Task<S3Server> StartAsync(string folder) => new(await TestServer.StartAsync(context =>
    {
        if (!IsSigned(context.Request))
        {
            context.Response.StatusCode = 403;
            return context.Response.WriteAsync("<?xml version=\"1.0\"?><Error><Code>SignatureDoesNotMatch</Code></Error>");
        }

        if (!context.Request.Path.StartsWithSegments("/" + Bucket, out PathString key))
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        }

        context.Request.Path = key;
        return TestServer.SendFileAsync(context, folder);
    }));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Computes the signature from what arrived, step by step as "Signature calculations for the Authorization header" tells.</summary>
    private static bool IsSigned(HttpRequest request)
    {
        Dictionary<string, string> parts = request.Headers.Authorization.ToString().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part.Contains('=', StringComparison.Ordinal)).ToDictionary(part => part.Split('=')[0], part => part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        string date = request.Headers["x-amz-date"].ToString();
        if (!parts.TryGetValue("SignedHeaders", out string? names)
            || !DateTime.TryParseExact(date, "yyyyMMddTHHmmssZ", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime time)
            || Math.Abs((DateTime.UtcNow - time).TotalMinutes) > 15
            || !names.Split(';').Contains("host"))
        {
            return false;
        }

        StringBuilder canonical = new($"GET\n{request.Path}\n{request.QueryString.Value?.TrimStart('?')}\n");
        foreach (string name in names.Split(';'))
        {
            canonical.Append(CultureInfo.InvariantCulture, $"{name}:{request.Headers[name]}\n");
        }

        canonical.Append(CultureInfo.InvariantCulture, $"\n{names}\n{request.Headers["x-amz-content-sha256"]}");
        string scope = $"{date[..8]}/{Region}/s3/aws4_request";
        string text = $"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";
        byte[] key = Hmac(Hmac(Hmac(Hmac(Encoding.UTF8.GetBytes("AWS4" + Secret), date[..8]), Region), "s3"), "aws4_request");
        return parts.GetValueOrDefault("Credential") == $"{KeyId}/{scope}" && parts.GetValueOrDefault("Signature") == Convert.ToHexStringLower(Hmac(key, text));
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
