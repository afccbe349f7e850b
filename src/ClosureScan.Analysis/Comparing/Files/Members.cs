namespace ClosureScan.Analysis.Comparing.Files;

/// <summary>The members of two archives, by their names and, of several of one name, by their order.</summary>
internal static class Members
{
    public static void Compare(
        FilePair archive,
        List<(string Name, byte[] Contents)> cross,
        List<(string Name, byte[] Contents)> native,
        FileVerdict verdict,
        Func<FilePair, FileVerdict> compare)
    {
        Dictionary<string, Queue<byte[]>> free = [];
        foreach ((string name, byte[] contents) in native)
        {
            if (!free.TryGetValue(name, out Queue<byte[]>? queue))
            {
                free.Add(name, queue = new Queue<byte[]>());
            }

            queue.Enqueue(contents);
        }

        foreach ((string name, byte[] contents) in cross)
        {
            if (free.TryGetValue(name, out Queue<byte[]>? queue) && queue.TryDequeue(out byte[]? counterpart))
            {
                verdict.Add(compare(archive.Inside(name, contents, counterpart)));
            }
            else
            {
                verdict.Add(Missing(archive, name, cross: ByteComparer.Size(contents.Length), native: null));
            }
        }

        foreach ((string name, Queue<byte[]> rest) in free)
        {
            foreach (byte[] contents in rest)
            {
                verdict.Add(Missing(archive, name, cross: null, native: ByteComparer.Size(contents.Length)));
            }
        }
    }

    private static Difference Missing(FilePair archive, string name, string? cross, string? native) =>
        new() { Kind = DifferenceKind.Files, File = $"{archive.File}:{name}", Cross = cross, Native = native };
}
