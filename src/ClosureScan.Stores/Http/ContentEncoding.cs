using ClosureScan.Stores.Compression;

namespace ClosureScan.Stores.Http;

/// <summary>The compressions of HTTP itself (Content-Encoding), which are none of a narinfo's.</summary>
internal static class ContentEncoding
{
    /// <summary>Those that are asked for, the cheapest first.</summary>
    public static IReadOnlyList<string> Accepted { get; } = ["zstd", "br", "gzip"];

    /// <summary>Wraps <paramref name="body"/> so that it gives plain bytes. False, and nothing done, when an encoding is unknown.</summary>
    /// <param name="encodings">In the order they were applied.</param>
    /// <param name="body">The body, which the wrapping owns.</param>
    public static bool TryUndo(IReadOnlyList<string> encodings, ref Stream body)
    {
        CompressionMethod?[] methods = [.. encodings.Reverse().Select(MethodOf)];
        if (methods.Contains(null))
        {
            return false;
        }

        foreach (CompressionMethod? method in methods)
        {
            body = Decoder.Open(method!.Value, body);
        }

        return true;
    }

    private static CompressionMethod? MethodOf(string encoding) => encoding.ToLowerInvariant() switch
    {
        "zstd" => CompressionMethod.Zstd,
        "br" => CompressionMethod.Brotli,
        "gzip" or "x-gzip" => CompressionMethod.Gzip,
        "xz" => CompressionMethod.Xz,
        "bzip2" => CompressionMethod.Bzip2,
        _ => null,
    };
}
