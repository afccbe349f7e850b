using System.Diagnostics.CodeAnalysis;
using System.Text;
using ClosureScan.Walking;

namespace ClosureScan.Platforms;

/// <summary>Reads short texts out of binary files.</summary>
internal static class FileText
{
    private const int ChunkSize = 256;

    /// <summary>Reads the text that begins at <paramref name="offset"/> and ends before a NUL within <paramref name="limit"/> bytes.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where the text begins.</param>
    /// <param name="limit">How many bytes to look at, the NUL among them.</param>
    /// <param name="length">The bytes before the NUL.</param>
    /// <param name="text">The text; bytes that are no UTF-8 are U+FFFD.</param>
    public static bool TryReadTerminated(in FileView file, long offset, int limit, out int length, [NotNullWhen(true)] out string? text)
    {
        Span<byte> chunk = stackalloc byte[ChunkSize];
        for (length = 0; length < limit;)
        {
            Span<byte> wanted = chunk[..Math.Min(ChunkSize, limit - length)];
            int read = file.Read(offset + length, wanted);
            int end = wanted[..read].IndexOf((byte)0);
            if (end >= 0)
            {
                if (length == 0)
                {
                    length = end;
                    text = Encoding.UTF8.GetString(wanted[..end]);
                    return true;
                }

                length += end;
                byte[] whole = new byte[length];
                bool complete = file.TryRead(offset, whole);
                text = complete ? Encoding.UTF8.GetString(whole) : null;
                return complete;
            }

            if (read < wanted.Length)
            {
                break;
            }

            length += read;
        }

        text = null;
        return false;
    }
}
