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
        NarWriter writer = new(buffered);
        DirectoryWalk.Run(path, new Visitor(writer), WalkOptions.Default, cancellationToken);
        buffered.Flush();
        return writer.Position;
    }

    /// <summary>Writes the NAR of <paramref name="path"/> to <paramref name="destination"/>, all of it in memory, and returns its size.</summary>
    /// <exception cref="IOException">Something could not be read; part of the NAR may have been written.</exception>
    internal static long Write(string path, IBufferWriter<byte> destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using Stream stream = BufferWriterStream.AsStream(destination);
        return Write(path, stream, cancellationToken);
    }

    private sealed class Visitor(NarWriter writer) : IContentVisitor
    {
        public void Directory(in ContentEntry entry) => writer.BeginDirectory(entry.Name);

        public void EndDirectory(in ContentEntry entry) => writer.EndDirectory();

        public void Symlink(in ContentEntry entry, ReadOnlySpan<byte> target, long narOffset) => writer.WriteSymlink(entry.Name, target);

        public void BeginFile(in ContentEntry entry, long length, bool executable, long narOffset) =>
            writer.BeginFile(entry.Name, length, executable);

        public void FileData(ReadOnlySpan<byte> data) => writer.WriteContents(data);

        public void EndFile(in FileView file)
        {
        }
    }
}
