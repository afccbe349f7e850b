using System.Collections.Immutable;
using ClosureScan.Scanning;
using ClosureScan.Walking;

namespace ClosureScan.Containers;

/// <summary>Reads the store out of an image: behind compressions, partitions and layers, but not out of the files of the store itself.</summary>
internal sealed class ImageLoader(ImageTree tree, ImmutableArray<IContentDecoder> decoders)
{
    private const int MaxDepth = 8;
    private const int InMemory = 2 * 1024 * 1024;

    private readonly Expansion _expansion = new();

    /// <summary>Whether anything in the image was a container.</summary>
    public bool IsImage { get; private set; }

    /// <summary>What could not be read, for people.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>Reads an image.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="NotSupportedException">It is of a format that nobody here reads.</exception>
    /// <exception cref="ExpansionException">It expands to more than 64 MiB and two hundred times its length.</exception>
    public void Load(ByteSource image, CancellationToken cancellation)
    {
        _expansion.Begin(image.Length, cancellation);
        Open(image, MaxDepth);
    }

    private void Open(ByteSource bytes, int depth)
    {
        byte[] head = new byte[(int)Math.Min(bytes.Length, RollingWindow.Head)];
        bytes.ReadExactly(0, head);
        if (depth > 0 && ContainerFormats.Find(head) is IImageFormat image)
        {
            IsImage = true;
            image.Read(bytes, new Sink(this, depth));
        }
        else
        {
            OpenStream(bytes.OpenStream(), depth);
        }
    }

    private void OpenStream(Stream plain, int depth)
    {
        byte[] head = new byte[RollingWindow.Head];
        Array.Resize(ref head, plain.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        PrefixedStream whole = new(head, plain);
        IContainerFormat? format = depth > 0 ? ContainerFormats.Find(head) : null;
        if (format is IStreamFormat stream)
        {
            IsImage = true;
            using BufferedStream buffered = new(whole, 64 * 1024);
            stream.Read(buffered, new Sink(this, depth));
        }
        else if (format is IImageFormat)
        {
            using SpooledBytes spooled = new(InMemory);
            byte[] chunk = new byte[64 * 1024];
            for (int count; (count = whole.Read(chunk)) > 0;)
            {
                _expansion.Spend(count);
                spooled.Append(chunk.AsSpan(0, count));
            }

            Open(new ByteSource(spooled, 0, spooled.Length), depth);
        }
        else if (depth > 0 && decoders.FirstOrDefault(decoder => decoder.Recognises(head)) is { } decoder)
        {
            using Stream inner = decoder.Open(whole);
            OpenStream(inner, depth - 1);
        }
        else if (ContainerFormats.FindClosed(head) is { } closed)
        {
            LeftOut.Add(closed);
        }
    }

    private sealed class Sink(ImageLoader owner, int depth) : IContainerSink
    {
        public void Directory(ReadOnlySpan<byte> path) => owner.Tree.AddDirectory(path);

        public void Symlink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target) => owner.Tree.AddSymlink(path, target);

        public void Link(ReadOnlySpan<byte> path, ReadOnlySpan<byte> other) => owner.Tree.AddLink(path, other);

        public void File(ReadOnlySpan<byte> path, bool executable, Stream contents)
        {
            if (owner.Tree.Holds(path))
            {
                owner.Tree.AddFile(path, executable, contents, Spend);
            }
            else if (!owner.Tree.IsBelowStore(path))
            {
                owner.OpenStream(contents, depth - 1);
            }
        }

        public void Part(ReadOnlySpan<byte> name, ByteSource bytes) => owner.Open(bytes, depth - 1);

        public void Rest(Stream rest) => owner.OpenStream(rest, depth - 1);

        public void LeftOut(string reason) => owner.LeftOut.Add(reason);

        public void Damaged() => owner.LeftOut.Add("a damaged member");

        public IContentDecoder? Decoder(string name) => owner.Decoders.FirstOrDefault(decoder => decoder.Name == name);

        public void Spend(long bytes) => owner._expansion.Spend(bytes);
    }

    private ImageTree Tree => tree;

    private ImmutableArray<IContentDecoder> Decoders => decoders;
}
