using System.Collections.Immutable;
using System.Text;
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
        Open(image, MaxDepth, tree.Layer);
    }

    private void Open(ByteSource bytes, int depth, ImageLayer layer)
    {
        byte[] head = new byte[(int)Math.Min(bytes.Length, RollingWindow.Head)];
        bytes.ReadExactly(0, head);
        if (depth > 0 && ContainerFormats.Find(head) is IImageFormat image)
        {
            IsImage = true;
            Sink sink = new(this, depth, layer, image);
            image.Read(bytes, sink);
            sink.PutLayers();
        }
        else
        {
            OpenStream(bytes.OpenStream(), depth, layer);
        }
    }

    private void OpenStream(Stream plain, int depth, ImageLayer layer)
    {
        byte[] head = new byte[RollingWindow.Head];
        Array.Resize(ref head, plain.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        PrefixedStream whole = new(head, plain);
        IContainerFormat? format = depth > 0 ? ContainerFormats.Find(head) : null;
        if (format is IStreamFormat stream)
        {
            IsImage = true;
            using BufferedStream buffered = new(whole, 64 * 1024);
            Sink sink = new(this, depth, layer, stream);
            stream.Read(buffered, sink);
            sink.PutLayers();
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

            Open(new ByteSource(spooled, 0, spooled.Length), depth, layer);
        }
        else if (depth > 0 && decoders.FirstOrDefault(decoder => decoder.Recognises(head)) is { } decoder)
        {
            using Stream inner = decoder.Open(whole);
            OpenStream(inner, depth - 1, layer);
        }
        else if (ContainerFormats.FindClosed(head) is { } closed)
        {
            LeftOut.Add(closed);
        }
    }

    private sealed class Sink(ImageLoader owner, int depth, ImageLayer layer, IContainerFormat format) : IContainerSink
    {
        private readonly LayerOrder _order = new();
        private readonly List<(string Name, ImageLayer Layer)> _nested = [];

        // A tar archive in another one is a layer; outside, and in file systems, such names mean nothing.
        private readonly bool _removes = layer.IsNested && format is TarFormat;

        public void Directory(ReadOnlySpan<byte> path) => layer.Put(path, ImageNode.MakeDirectory());

        public void Symlink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target) => layer.Put(path, new ImageNode { Target = target.ToArray() });

        public void Link(ReadOnlySpan<byte> path, ReadOnlySpan<byte> other)
        {
            if (layer.Find(other) is { IsDirectory: false } node)
            {
                layer.Put(path, node);
            }
        }

        public void File(ReadOnlySpan<byte> path, bool executable, Stream contents)
        {
            if (_removes && layer.TryRemove(path))
            {
                return;
            }

            if (layer.Holds(path))
            {
                layer.Put(path, owner.Tree.Keep(executable, contents, Spend));
            }
            else if (!layer.IsBelowStore(path) && _order.Take(path, contents) is { } inner)
            {
                ImageLayer nested = layer.MakeNested();
                owner.OpenStream(inner, depth - 1, nested);
                if (!nested.IsEmpty)
                {
                    _nested.Add((Encoding.UTF8.GetString(path), nested));
                }
            }
        }

        public void Part(ReadOnlySpan<byte> name, ByteSource bytes) => owner.Open(bytes, depth - 1, layer);

        public void Rest(Stream rest) => owner.OpenStream(rest, depth - 1, layer);

        public void LeftOut(string reason) => owner.LeftOut.Add(reason);

        public void Damaged() => owner.LeftOut.Add("a damaged member");

        public IContentDecoder? Decoder(string name) => owner.Decoders.FirstOrDefault(decoder => decoder.Name == name);

        public void Spend(long bytes) => owner._expansion.Spend(bytes);

        /// <summary>Puts what lay in other containers over what lay here: layers in the order of their image, all else as it came.</summary>
        public void PutLayers()
        {
            IReadOnlyList<IReadOnlyList<string>> images = _nested.Count > 0 ? _order.ReadImages() : [];
            HashSet<string> ordered = [.. images.SelectMany(static image => image)];
            foreach ((string name, ImageLayer nested) in _nested)
            {
                if (!ordered.Contains(name))
                {
                    layer.Root.PutOver(nested.Root);
                }
            }

            ILookup<string, ImageLayer> byName = _nested.ToLookup(static nested => nested.Name, static nested => nested.Layer);
            foreach (IReadOnlyList<string> names in images)
            {
                ImageNode image = ImageNode.MakeDirectory();
                foreach (ImageLayer nested in names.SelectMany(name => byName[name]))
                {
                    image.PutOver(nested.Root);
                }

                layer.Root.PutOver(image);
            }
        }
    }

    private ImageTree Tree => tree;

    private ImmutableArray<IContentDecoder> Decoders => decoders;
}
