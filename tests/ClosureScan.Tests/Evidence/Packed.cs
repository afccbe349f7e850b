using System.IO.Compression;
using System.Text;

namespace ClosureScan.Tests.Evidence;

/// <summary>Makes compressed files.</summary>
internal static class Packed
{
    public static byte[] Gzip(string text) => Gzip(Encoding.ASCII.GetBytes(text));

    public static byte[] Gzip(string text, int times) => Enumerable.Range(0, times).Aggregate(Encoding.ASCII.GetBytes(text), static (bytes, _) => Gzip(bytes));

    public static byte[] Gzip(byte[] contents)
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(contents);
        }

        return bytes.ToArray();
    }

    public static byte[] Zip(params (string Name, byte[] Contents)[] members)
    {
        using MemoryStream bytes = new();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] contents) in members)
            {
                using Stream member = archive.CreateEntry(name).Open();
                member.Write(contents);
            }
        }

        return bytes.ToArray();
    }
}
