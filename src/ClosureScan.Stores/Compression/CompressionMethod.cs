namespace ClosureScan.Stores.Compression;

/// <summary>How a NAR in a binary cache is compressed, as far as ClosureScan can undo it.</summary>
internal enum CompressionMethod
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>xz.</summary>
    Xz,

    /// <summary>Zstandard.</summary>
    Zstd,

    /// <summary>bzip2, what a narinfo without the field means.</summary>
    Bzip2,

    /// <summary>gzip.</summary>
    Gzip,

    /// <summary>Brotli.</summary>
    Brotli,

    /// <summary>lzip.</summary>
    Lzip,

    /// <summary>The container of lzma that xz replaced.</summary>
    Lzma,
}
