namespace ClosureScan;

/// <summary>A file that holds files which a scan has not seen.</summary>
/// <param name="File">Its path inside the store path; empty when the store path is the file.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Format">What it is: <c>squashfs</c>, <c>zstd</c>, <c>qcow2</c>.</param>
/// <param name="IsClosed">Whether nothing here can look into it, or not to its end; otherwise a deep scan would.</param>
public sealed record OpaqueFile(string File, long Size, string Format, bool IsClosed);
