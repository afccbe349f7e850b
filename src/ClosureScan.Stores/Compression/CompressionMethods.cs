namespace ClosureScan.Stores.Compression;

/// <summary>The names that narinfo files have for compression methods (Nix: src/libutil/include/nix/util/compression-algo.hh).</summary>
internal static class CompressionMethods
{
    /// <summary>The names that can be read, for messages.</summary>
    public const string Known = "none, xz, zstd, bzip2, gzip, br, lzip";

    /// <summary>The method of that name. False for what cannot be undone here (lz4, lzma, lrzip, …) and for what is no method.</summary>
    public static bool TryParse(string name, out CompressionMethod method)
    {
        CompressionMethod? found = name switch
        {
            "none" => CompressionMethod.None,
            "xz" => CompressionMethod.Xz,
            "zstd" => CompressionMethod.Zstd,
            "" or "bzip2" => CompressionMethod.Bzip2,
            "gzip" => CompressionMethod.Gzip,
            "br" => CompressionMethod.Brotli,
            "lzip" => CompressionMethod.Lzip,
            _ => null,
        };
        method = found ?? default;
        return found is not null;
    }
}
