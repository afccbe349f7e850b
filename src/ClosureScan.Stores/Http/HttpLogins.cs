using System.Net.Http.Headers;
using System.Text;

namespace ClosureScan.Stores.Http;

/// <summary>
/// Which login a request carries: that in the cache's own URL for the cache's own scheme, host and port alone, or the one that netrc has
/// for the host. Immutable.
/// </summary>
internal sealed class HttpLogins
{
    private readonly Uri _cache;
    private readonly AuthenticationHeaderValue? _own;
    private readonly Netrc _netrc;

    /// <summary>Makes the logins of one cache.</summary>
    /// <param name="cache">Its URL, with <c>USER:PASSWORD@</c> or without.</param>
    /// <param name="netrc">The user's logins.</param>
    public HttpLogins(Uri cache, Netrc netrc)
    {
        _cache = cache;
        _netrc = netrc;
        if (cache.UserInfo.Length > 0)
        {
            string[] parts = cache.UserInfo.Split(':', 2);
            _own = Basic(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.Length > 1 ? parts[1] : ""));
        }
    }

    /// <summary>The header for a request; null when there is no login.</summary>
    public AuthenticationHeaderValue? Find(Uri uri)
    {
        if (_own is not null && uri.Scheme == _cache.Scheme && uri.Authority == _cache.Authority)
        {
            return _own;
        }

        return _netrc.Find(uri.IdnHost) is { } login ? Basic(login.User, login.Password) : null;
    }

    private static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
