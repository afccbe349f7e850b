using System.IO.Compression;
using ClosureScan.Facts;
using ClosureScan.Paths;

namespace ClosureScan.Fleet.Working;

/// <summary>The facts of one path as bytes of a ledger: the document of <see cref="ClosureFacts"/>, deflated. Equal facts give equal bytes.</summary>
internal static class FactsBlob
{
    /// <summary>Makes them.</summary>
    public static byte[] Write(ScannedPath path, string storeDirectory, ScanDepth depth)
    {
        using MemoryStream bytes = new();
        using (ZLibStream deflated = new(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            // Whoever scanned, and with which version of the program, makes no difference to the bytes: their version says what they are.
            ClosureFacts.Write(new ScannedClosure { StoreDirectory = storeDirectory, Depth = depth, Roots = [path.Info.Path], Paths = [path] }, deflated, "fleet");
        }

        return bytes.ToArray();
    }

    /// <summary>Reads what they say of the bytes of a path.</summary>
    /// <exception cref="FactsFormatException">They are damaged.</exception>
    public static PathScan? Read(byte[] bytes)
    {
        using ZLibStream inflated = new(new MemoryStream(bytes), CompressionMode.Decompress);
        return ClosureFacts.Read(inflated).Paths[0].Scan;
    }
}
