using System.Globalization;
using ClosureScan.Stores.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosureScan.Stores.Http;

/// <summary>How politely and how patiently a server is asked. The defaults are Nix's where Nix has one (src/libstore/filetransfer.hh).</summary>
internal sealed record HttpSettings
{
    /// <summary>Requests at once to one origin: 25, Nix's own number. Operators ban who asks much more.</summary>
    public int Connections { get; init; } = 25;

    /// <summary>How often something is asked for before it is given up.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>How long a connection may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a server may be silent, or drip less than <see cref="LeastBytes"/>, before it is asked anew.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What must arrive within <see cref="StallTimeout"/> of waiting: a fiftieth of what a modem brought.</summary>
    public int LeastBytes { get; init; } = 4096;

    /// <summary>The pause before the second attempt at most; it doubles with each.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The same, where the server says that it is asked too much.</summary>
    public TimeSpan ThrottledDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause of our own.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest pause that a server may ask for (Retry-After); who asks for more is told of instead.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Further CA certificates' file, in place of the machine's; null for those.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>A client certificate and its key, in PEM files; null for none.</summary>
    public (string Certificate, string Key)? ClientCertificate { get; init; }

    /// <summary>Where passwords of machines are; null for nowhere.</summary>
    public string? NetrcFile { get; init; }

    /// <summary>Told of what is asked for again.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>The parameters of a store's URI that <see cref="Load"/> reads.</summary>
    public static IReadOnlyList<string> Parameters { get; } =
        ["http-connections", "retry-attempts", "connect-timeout", "stalled-download-timeout", "tls-certificate", "tls-private-key"];

    /// <summary>What the URI says, else Nix's configuration, else the defaults.</summary>
    /// <exception cref="StoreUriException">A value is no number.</exception>
    public static HttpSettings Load(StoreUri uri, NixConfiguration configuration)
    {
        HttpSettings defaults = new();
        int Number(string parameter, string setting, int otherwise) =>
            uri.Parameters.TryGetValue(parameter, out string? text)
                ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int given) && given > 0
                    ? given
                    : throw new StoreUriException($"The parameter {parameter}={text} of the store \"{uri.Text}\" must be a number above 0.")
                : int.TryParse(configuration.Find(setting), NumberStyles.None, CultureInfo.InvariantCulture, out int configured) && configured > 0
                    ? configured
                    : otherwise;

        return defaults with
        {
            Connections = Number("http-connections", "http-connections", defaults.Connections),
            Attempts = Number("retry-attempts", "download-attempts", defaults.Attempts),
            ConnectTimeout = TimeSpan.FromSeconds(Number("connect-timeout", "connect-timeout", (int)defaults.ConnectTimeout.TotalSeconds)),
            StallTimeout = TimeSpan.FromSeconds(Number("stalled-download-timeout", "stalled-download-timeout", (int)defaults.StallTimeout.TotalSeconds)),
            CertificateFile = FirstFile(
                Environment.GetEnvironmentVariable("NIX_SSL_CERT_FILE"), configuration.Find("ssl-cert-file"), Environment.GetEnvironmentVariable("SSL_CERT_FILE")),
            ClientCertificate = uri.Parameters.TryGetValue("tls-certificate", out string? certificate)
                ? (certificate, uri.Parameters.GetValueOrDefault("tls-private-key") ?? certificate)
                : null,
            NetrcFile = configuration.Find("netrc-file") ?? Path.Combine(configuration.Directory, "netrc"),
        };
    }

    private static string? FirstFile(params ReadOnlySpan<string?> files)
    {
        foreach (string? file in files)
        {
            if (!string.IsNullOrEmpty(file))
            {
                return file;
            }
        }

        return null;
    }
}
