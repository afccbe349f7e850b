using System.Net;
using System.Security.Authentication;
using System.Text;
using System.Text.RegularExpressions;

namespace ClosureScan.Stores.Http;

/// <summary>
/// What an answer means (Nix: src/libstore/filetransfer.cc): 404 and 410 and, as S3 does not tell who may not list, 403 are "absent";
/// 401 and 407 are a login that is missing or wrong; 408, 429 and most of 5xx may go away.
/// </summary>
internal static partial class HttpAnswer
{
    private const int ErrorBodyLength = 4096;

    /// <summary>Codes in S3's error documents that go away by themselves, whatever the status.</summary>
    private static readonly string[] TransientCodes = ["SlowDown", "InternalError", "RequestTimeout", "RequestTimeTooSkewed", "ServiceUnavailable", "Throttling"];

    /// <summary>Codes in S3's error documents that come with 403 and are about the login, not about the object.</summary>
    private static readonly string[] LoginCodes = ["SignatureDoesNotMatch", "InvalidAccessKeyId", "ExpiredToken", "InvalidToken", "TokenRefreshRequired"];

    /// <summary>Judges a response that is no success. Null: what was asked for is not there.</summary>
    public static async Task<HttpFailure?> JudgeAsync(HttpResponseMessage response, DateTimeOffset now, CancellationToken cancellationToken)
    {
        int status = (int)response.StatusCode;
        string told = $"the server answers {status} {response.ReasonPhrase}".TrimEnd();
        string code = status is 403 or 400 or >= 500 ? await ReadCodeAsync(response, cancellationToken).ConfigureAwait(false) : "";
        if (code.Length > 0)
        {
            told += $" ({code})";
        }

        if (TransientCodes.Contains(code))
        {
            return new HttpFailure(told, IsTransient: true, code is "SlowDown" or "Throttling", RetryAfter(response, now));
        }

        if (LoginCodes.Contains(code))
        {
            return new HttpFailure($"{told}: see that AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or the profile, are right", IsTransient: false);
        }

        if (response.Headers.TryGetValues("x-amz-bucket-region", out IEnumerable<string>? regions) && status is 301 or 307 or 400)
        {
            return new HttpFailure($"{told}: the bucket is in another region; add region={regions.First()} to the store's URI", IsTransient: false);
        }

        return response.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden => null,
            HttpStatusCode.Unauthorized => new HttpFailure(
                $"{told}: it wants a login. Put one into netrc (machine {response.RequestMessage?.RequestUri?.Host} login NAME password SECRET), or into the URL", IsTransient: false),
            HttpStatusCode.ProxyAuthenticationRequired => new HttpFailure($"{told}: the proxy wants a login. Put it into https_proxy, http://NAME:SECRET@HOST:PORT", IsTransient: false),
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => new HttpFailure(told, IsTransient: true, IsThrottling: true, RetryAfter(response, now)),
            HttpStatusCode.RequestTimeout => new HttpFailure(told, IsTransient: true),
            HttpStatusCode.NotImplemented or HttpStatusCode.HttpVersionNotSupported or HttpStatusCode.NetworkAuthenticationRequired => new HttpFailure(told, IsTransient: false),
            _ when status >= 500 => new HttpFailure(told, IsTransient: true, RetryAfter: RetryAfter(response, now)),
            _ when status is >= 300 and < 400 => new HttpFailure($"{told}, and redirects on and on, to nowhere, or out of TLS", IsTransient: false),
            _ => new HttpFailure(told, IsTransient: false),
        };
    }

    /// <summary>Judges what was thrown instead of an answer.</summary>
    public static HttpFailure Judge(Exception exception)
    {
        bool isCertificate = false;
        Exception cause = exception;
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            isCertificate |= inner is AuthenticationException;
            cause = inner;
        }

        return isCertificate
            ? new HttpFailure($"the server's certificate is not trusted: {cause.Message.TrimEnd('.')}. Name the CA's file in NIX_SSL_CERT_FILE", IsTransient: false)
            : new HttpFailure(cause.Message.TrimEnd('.'), IsTransient: exception is HttpRequestException or IOException);
    }

    private static TimeSpan RetryAfter(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > now => date - now,
        _ => TimeSpan.Zero,
    };

    private static async Task<string> ReadCodeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            byte[] start = new byte[ErrorBodyLength];
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            int length = await body.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return ErrorCode().Match(Encoding.UTF8.GetString(start, 0, length)).Groups[1].Value;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return "";
        }
    }

    [GeneratedRegex("<Code>([A-Za-z0-9]{1,60})</Code>")]
    private static partial Regex ErrorCode();
}
