namespace ClosureScan.Stores.S3;

/// <summary>
/// Where the objects of <c>s3://BUCKET/PREFIX?…</c> lie, by Nix's rules (src/libstore/s3-url.cc): as a host of AWS, as a folder of it where a
/// bucket's name has dots, or as a folder of another <c>endpoint</c>.
/// </summary>
internal sealed record S3Location
{
    private const string DefaultRegion = "us-east-1";

    /// <summary>The URL that keys are appended to, with a slash at the end.</summary>
    public required Uri Base { get; init; }

    /// <summary>The region that signatures are for.</summary>
    public required string Region { get; init; }

    /// <summary>The profile whose credentials sign; null for the environment's.</summary>
    public string? Profile { get; init; }

    /// <summary>Whether the reader agrees to pay for what is read.</summary>
    public bool RequesterPays { get; init; }

    /// <summary>The parameters of a URI that <see cref="Parse"/> reads.</summary>
    public static IReadOnlyList<string> Parameters { get; } = ["region", "endpoint", "profile", "addressing-style", "scheme", "requester-pays"];

    /// <summary>Reads a URI.</summary>
    /// <exception cref="StoreUriException">There is no bucket, or a parameter is malformed.</exception>
    public static S3Location Parse(StoreUri uri)
    {
        string[] parts = uri.Path.TrimEnd('/').Split('/', 2);
        string bucket = parts[0];
        if (bucket.Length == 0 || !bucket.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'))
        {
            throw new StoreUriException($"The store \"{uri.Text}\" names no bucket: s3://BUCKET or s3://BUCKET/PREFIX.");
        }

        string region = uri.Parameters.GetValueOrDefault("region") ?? DefaultRegion;
        string? endpoint = uri.Parameters.GetValueOrDefault("endpoint");
        bool inHost = uri.Parameters.GetValueOrDefault("addressing-style") switch
        {
            "virtual" => true,
            "path" => false,
            null or "auto" => string.IsNullOrEmpty(endpoint) && !bucket.Contains('.', StringComparison.Ordinal),
            var other => throw new StoreUriException($"The parameter addressing-style={other} of the store \"{uri.Text}\" must be auto, path or virtual."),
        };
        string scheme = uri.Parameters.GetValueOrDefault("scheme") is { } named
            ? named is "http" or "https" ? named : throw new StoreUriException($"The parameter scheme={named} of the store \"{uri.Text}\" must be http or https.")
            : "https";
        string server = string.IsNullOrEmpty(endpoint)
            ? $"{scheme}://s3.{region}.amazonaws.com"
            : endpoint.Contains("://", StringComparison.Ordinal) ? endpoint.TrimEnd('/') : $"{scheme}://{endpoint.TrimEnd('/')}";
        string address = inHost
            ? server.Insert(server.IndexOf("://", StringComparison.Ordinal) + 3, bucket + ".")
            : $"{server}/{bucket}";
        string prefix = parts.Length > 1 ? parts[1].Trim('/') + "/" : "";
        return Uri.TryCreate($"{address}/{prefix}", UriKind.Absolute, out Uri? whole) && whole.Scheme is "http" or "https"
            ? new S3Location
            {
                Base = whole,
                Region = region,
                Profile = uri.Parameters.GetValueOrDefault("profile"),
                RequesterPays = uri.Parameters.GetValueOrDefault("requester-pays") is "true" or "1",
            }
            : throw new StoreUriException($"The endpoint of the store \"{uri.Text}\" must be a host, or http(s)://HOST.");
    }
}
