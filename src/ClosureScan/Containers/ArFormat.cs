using System.Text;
using ClosureScan.Archives;
using ClosureScan.Walking;

namespace ClosureScan.Containers;

/// <summary>ar archives: static libraries, and Debian's packages with their tar archives inside (<see cref="ArchiveReader"/>).</summary>
internal sealed class ArFormat : IImageFormat
{
    /// <inheritdoc/>
    public string Name => "ar";

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> beginning) => beginning.StartsWith("!<arch>\ndebian-binary"u8);

    /// <inheritdoc/>
    public void Read(ByteSource bytes, IContainerSink sink)
    {
        byte[] head = new byte[(int)Math.Min(bytes.Length, RollingHead)];
        bytes.ReadExactly(0, head);
        ArchiveReader reader = new(new FileView(head, bytes.Length, new Bytes(bytes)));
        while (reader.MoveNext())
        {
            ArchiveMember member = reader.Current;
            if (member.Kind == ArchiveMemberKind.File)
            {
                sink.Spend(64);
                using Stream contents = bytes.Slice(member.DataOffset, member.Size).OpenStream();
                sink.File(Encoding.UTF8.GetBytes(reader.ReadName()), executable: false, contents);
            }
        }

        if (reader.Problem is { } problem)
        {
            throw new InvalidDataException(problem);
        }
    }

    private const int RollingHead = 4 * 1024;

    private sealed class Bytes(ByteSource source) : IFileBytes
    {
        public int Read(long offset, Span<byte> destination) => source.Read(offset, destination);
    }
}
