using System.Buffers;
using ClosureScan.Nar;
using BufferWriterStream = CommunityToolkit.HighPerformance.IBufferWriterExtensions;

namespace ClosureScan.Walking;

/// <summary>Makes the NAR of what lies on disk, byte for byte as <c>nix-store --dump</c> does.</summary>
/// <remarks>
/// Names and targets are taken as bytes. A file is executable when its owner may execute it. Whatever a NAR can not hold or
/// that can not be read ends the dump with an <see cref="IOException"/>; nothing is left out. The case hack that Nix plays on
/// macOS is not played. For the hash alone, use <see cref="DirectoryWalk"/> with <see cref="WalkOptions.ComputeNarHash"/>.
/// </remarks>
public static class NarDump
{
    private const int BufferSize = 256 * 1024;

    /// <summary>Writes the NAR of <paramref name="path"/> to <paramref name="destination"/> and returns its size. Blocks: call it from a worker.</summary>
    /// <exception cref="IOException">Something could not be read or written; part of the NAR may have been written.</exception>
    public static long Write(string path, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        BufferedStream buffered = new(destination, BufferSize);
        Visitor visitor = new(new NarWriter(buffered));
        DirectoryWalk.Run(path, visitor, WalkOptions.Default, cancellationToken);
        long size = visitor.Finish();
        buffered.Flush();
        return size;
    }

    /// <summary>Writes the NAR of <paramref name="path"/> to <paramref name="destination"/>, all of it in memory, and returns its size.</summary>
    /// <exception cref="IOException">Something could not be read; part of the NAR may have been written.</exception>
    public static long Write(string path, IBufferWriter<byte> destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using Stream stream = BufferWriterStream.AsStream(destination);
        return Write(path, stream, cancellationToken);
    }

    private sealed class Visitor(NarWriter writer) : IContentVisitor
    {
        public void Directory(in ContentEntry entry)
        {
            CloseTo(entry);
            writer.BeginDirectory(entry.Name);
        }

        public void Symlink(in ContentEntry entry, ReadOnlySpan<byte> target, long narOffset)
        {
            CloseTo(entry);
            writer.WriteSymlink(entry.Name, target);
        }

        public void BeginFile(in ContentEntry entry, long length, bool executable, long narOffset)
        {
            CloseTo(entry);
            writer.BeginFile(entry.Name, length, executable);
        }

        public void FileData(ReadOnlySpan<byte> data) => writer.WriteContents(data);

        public void EndFile(in FileView file)
        {
        }

        public long Finish()
        {
            while (writer.Path.Depth > 0)
            {
                writer.EndDirectory();
            }

            return writer.Position;
        }

        // The end of a directory is not told; it shows in the depth of the next entry.
        private void CloseTo(in ContentEntry entry)
        {
            int depth = entry.Path.IsEmpty ? 0 : entry.Path.Count((byte)'/') + 1;
            while (writer.Path.Depth > depth)
            {
                writer.EndDirectory();
            }
        }
    }
}
