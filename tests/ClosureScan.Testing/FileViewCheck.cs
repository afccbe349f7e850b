using ClosureScan.Walking;

namespace ClosureScan.Testing;

/// <summary>What a <see cref="FileView"/> gives back of a file, against what the file holds.</summary>
internal sealed class FileViewCheck
{
    /// <summary>Reads all through <paramref name="view"/>, in windows that overlap its edges.</summary>
    public FileViewCheck(in FileView view, byte[] contents)
    {
        const int Window = 1000;
        IsWhole = view.IsWhole;
        byte[] window = new byte[Window];
        for (long offset = 0; offset < contents.Length; offset += 997)
        {
            int count = view.Read(offset, window);
            if (!contents.AsSpan((int)offset, count).SequenceEqual(window.AsSpan(0, count)))
            {
                throw new InvalidOperationException($"The view gives other bytes at {offset}.");
            }

            int there = (int)Math.Min(Window, contents.Length - offset);
            if (count == there)
            {
                Readable += Math.Min(997, there);
            }
        }

        EndReads = view.Read(contents.Length, window) + view.Read(-1, window) + view.Read(long.MaxValue, window);
    }

    /// <summary>Whether the view had the file in one piece.</summary>
    public bool IsWhole { get; }

    /// <summary>About how many bytes could be read back.</summary>
    public long Readable { get; }

    /// <summary>How many bytes there were outside the file: none.</summary>
    public int EndReads { get; }
}
