namespace ClosureScan.Analysis.Comparing.Files;

/// <summary>Reads a stream of unknown length.</summary>
internal static class BoundedRead
{
    /// <summary>All of a stream; null when it has more than <paramref name="limit"/> bytes.</summary>
    public static byte[]? All(Stream stream, int limit)
    {
        using MemoryStream all = new();
        byte[] buffer = new byte[64 * 1024];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (all.Length + read > limit)
            {
                return null;
            }

            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }
}
