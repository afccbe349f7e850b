using System.Globalization;

namespace ClosureScan.Stores.Ssh;

/// <summary>A machine behind <c>ssh://</c> or <c>ssh-ng://</c>, and how to get there, by Nix's parameters (Nix: src/libstore/ssh.cc).</summary>
internal sealed record SshTarget
{
    /// <summary><c>HOST</c> or <c>USER@HOST</c>, as <c>ssh</c> takes it.</summary>
    public required string Host { get; init; }

    /// <summary>The port; null for what ssh is configured to.</summary>
    public int? Port { get; init; }

    /// <summary>A file with a private key; null for ssh's own choice.</summary>
    public string? Key { get; init; }

    /// <summary>The host's public key, in base 64 of a known_hosts file's words; null for ssh's own knowledge.</summary>
    public string? HostKey { get; init; }

    /// <summary>Whether ssh compresses.</summary>
    public bool Compresses { get; init; }

    /// <summary>The program that is run there.</summary>
    public required string Program { get; init; }

    /// <summary>Which store that program opens; null for its default.</summary>
    public string? Store { get; init; }

    /// <summary>The parameters of a URI that <see cref="Parse"/> reads.</summary>
    public static IReadOnlyList<string> Parameters { get; } = ["remote-program", "remote-store", "ssh-key", "base64-ssh-public-host-key", "compress", "max-connections", "store"];

    /// <summary>Reads a URI.</summary>
    /// <param name="uri">The URI.</param>
    /// <param name="program">The program where none is named.</param>
    /// <exception cref="StoreUriException">The host is none; one that begins with a hyphen would be an option of ssh.</exception>
    public static SshTarget Parse(StoreUri uri, string program)
    {
        string authority = uri.Path.TrimEnd('/');
        int at = authority.LastIndexOf('@');
        string user = at < 0 ? "" : authority[..at];
        string host = authority[(at + 1)..];
        int? port = null;
        int colon = host.LastIndexOf(':');
        if (colon >= 0 && (host[0] == '[' ? host[colon - 1] == ']' : host.IndexOf(':', StringComparison.Ordinal) == colon))
        {
            port = int.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and < 65536
                ? number
                : throw new StoreUriException($"The store \"{uri.Text}\" has no port \"{host[(colon + 1)..]}\".");
            host = host[..colon];
        }

        host = host.TrimStart('[').TrimEnd(']');
        if (!IsSafe(host) || (at >= 0 && !IsSafe(user)))
        {
            throw new StoreUriException($"The store \"{uri.Text}\" names no machine: {uri.Scheme}://[USER@]HOST[:PORT], where neither begins with a hyphen.");
        }

        return new SshTarget
        {
            Host = user.Length > 0 ? $"{user}@{host}" : host,
            Port = port,
            Key = uri.Parameters.GetValueOrDefault("ssh-key"),
            HostKey = uri.Parameters.GetValueOrDefault("base64-ssh-public-host-key"),
            Compresses = uri.Parameters.GetValueOrDefault("compress") is "true" or "1",
            Program = uri.Parameters.GetValueOrDefault("remote-program") ?? program,
            Store = uri.Parameters.GetValueOrDefault("remote-store"),
        };
    }

    private static bool IsSafe(string text) =>
        text.Length > 0 && text[0] != '-' && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or ':' or '%' or '+' or '\\');
}
