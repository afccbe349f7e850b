using System.Collections.Immutable;
using System.Text;
using ClosureScan.Containers;
using ClosureScan.Platforms;
using ClosureScan.Scanning;
using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>
/// Looks into compressed files and containers, and into those inside them: what comes out is searched and identified as a file of its own. Bounded by
/// <see cref="Expansion"/> and by <see cref="MaxDepth"/>; nothing is unpacked, what must be read here and there goes to a temporary file without a name. What is
/// malformed is searched as far as it goes.
/// </summary>
internal sealed class DerivedContents(
    ContentSearch search, DerivedEnd endDerived, UndeclaredPaths paths, PlatformCensus census, ImmutableArray<IContentDecoder> decoders, RemarkBook remarks)
{
    /// <summary>How many compressions and containers inside one another are undone: an image of a disk takes three, an initial RAM disk in it three more.</summary>
    public const int MaxDepth = 8;

    private const int ChunkLength = 64 * 1024;
    private const int InMemory = 2 * 1024 * 1024;

    private readonly Expansion _expansion = new();
    private readonly Level?[] _levels = new Level?[MaxDepth + 2];
    private EvidenceFile _holder;
    private bool _isContainer;
    private bool _isNested;
    private bool _isDamaged;
    private bool _isLeftOut;

    /// <summary>The decoders.</summary>
    public ImmutableArray<IContentDecoder> Decoders => decoders;

    /// <summary>Whether a file that begins like this is compressed or a container.</summary>
    /// <param name="beginning">The first 4 KiB, or all of a shorter file.</param>
    /// <param name="name">The last component of its path.</param>
    public bool Recognises(ReadOnlySpan<byte> beginning, ReadOnlySpan<byte> name) =>
        ContainerFormats.Find(beginning) is not null || DecoderOf(beginning, name) is not null;

    /// <summary>Looks into a file.</summary>
    public LookedInto Scan(in WalkedFile file, in FileView view, CancellationToken cancellation)
    {
        ReadOnlySpan<byte> head = view.Head[..Math.Min(view.Head.Length, RollingWindow.Head)];
        IContainerFormat? format = ContainerFormats.Find(head);
        string? name = format?.Name ?? DecoderOf(head, file.Name)?.Name;
        if (name is null)
        {
            string? closed = ContainerFormats.FindClosed(head);
            Remark(closed is not null, ScanRemarkKind.ContainerClosed, file);
            return new LookedInto(closed, IsContainer: closed is not null, IsComplete: closed is null);
        }

        (_isContainer, _isNested, _isDamaged, _isLeftOut) = (format is not null, false, false, false);
        _holder = new EvidenceFile(PrintableText.From(file.Path), file.Executable, view.Length, file.NarOffset);
        _expansion.Begin(view.Length, cancellation);
        bool isBounded = false;
        try
        {
            Open(view.ToBytes(), file.Name.ToArray(), "", MaxDepth);
        }
        catch (ExpansionException)
        {
            isBounded = true;
        }

        Remark(isBounded, ScanRemarkKind.ExpansionBounded, file);
        Remark(_isNested, ScanRemarkKind.NestedTooDeep, file);
        Remark(_isDamaged, ScanRemarkKind.CompressedDamaged, file);
        Remark(_isLeftOut, ScanRemarkKind.ContainerClosed, file);
        return new LookedInto(name, _isContainer, !isBounded && !_isNested && !_isDamaged && !_isLeftOut);
    }

    /// <summary>Whether compressed bytes that begin like this hold a container, as far as their beginning can be undone.</summary>
    public static bool HoldsContainer(ReadOnlyMemory<byte> beginning, ImmutableArray<IContentDecoder> decoders)
    {
        foreach (IContentDecoder decoder in decoders)
        {
            if (!decoder.Recognises(beginning.Span))
            {
                continue;
            }

            byte[] head = new byte[RollingWindow.Head];
            int count = 0;
            try
            {
                using MemoryStream compressed = new(beginning.ToArray(), writable: false);
                using Stream plain = decoder.Open(compressed);
                for (int read; count < head.Length && (read = plain.Read(head, count, head.Length - count)) > 0;)
                {
                    count += read;
                }
            }
            catch (Exception exception) when (IsDamage(exception))
            {
                // The beginning is all there is.
            }

            return ContainerFormats.Find(head.AsSpan(0, count)) is not null || ContainerFormats.FindClosed(head.AsSpan(0, count)) is not null;
        }

        return false;
    }

    private static bool IsDamage(Exception exception) => exception is IOException or InvalidDataException or NotSupportedException;

    private static string Join(string section, string next) => section.Length == 0 ? next : next.Length == 0 ? section : $"{section}:{next}";

    private void Remark(bool applies, ScanRemarkKind kind, in WalkedFile file)
    {
        if (applies)
        {
            remarks.Add(kind, file.Path);
        }
    }

    private IContentDecoder? DecoderOf(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        head = head[..Math.Min(head.Length, 512)];
        foreach (IContentDecoder decoder in decoders)
        {
            if (decoder.Recognises(head) || decoder.RecognisesName(name))
            {
                return decoder;
            }
        }

        return null;
    }

    // Looks into bytes that are of a known format. False when not all of them were seen.
    private bool Open(ByteSource bytes, byte[] name, string section, int depth)
    {
        if (depth == 0)
        {
            _isNested = true;
            return false;
        }

        byte[] head = new byte[(int)Math.Min(bytes.Length, RollingWindow.Head)];
        try
        {
            bytes.ReadExactly(0, head);
            switch (ContainerFormats.Find(head))
            {
                case IImageFormat image:
                    _isContainer = true;
                    image.Read(bytes, new Sink(this, name, section, depth));
                    return true;
                case IStreamFormat:
                    return OpenStream(bytes.OpenStream(), name, section, depth);
            }

            if (DecoderOf(head, name) is { } decoder)
            {
                using Stream plain = decoder.Open(bytes.OpenStream());
                return OpenStream(plain, WithoutEnding(name), Join(section, decoder.Name), depth - 1);
            }

            return true;
        }
        catch (NotSupportedException)
        {
            _isLeftOut = true;
            return false;
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            // What could be read has been searched.
            _isDamaged = true;
            return false;
        }
    }

    private bool OpenStream(Stream plain, byte[] name, string section, int depth)
    {
        byte[] head = new byte[RollingWindow.Head];
        int count = plain.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        Array.Resize(ref head, count);
        PrefixedStream whole = new(head, plain);
        IContainerFormat? format = ContainerFormats.Find(head);
        IContentDecoder? decoder = format is null ? DecoderOf(head, name) : null;
        if (depth == 0 && (format is not null || decoder is not null))
        {
            _isNested = true;
        }
        else if (format is IStreamFormat stream)
        {
            _isContainer = true;
            using BufferedStream buffered = new(whole, ChunkLength);
            stream.Read(buffered, new Sink(this, name, section, depth));
            return true;
        }
        else if (decoder is not null)
        {
            using Stream inner = decoder.Open(whole);
            return OpenStream(inner, WithoutEnding(name), Join(section, decoder.Name), depth - 1);
        }

        Take(name, [], executable: false, whole, section, depth, isOpened: depth > 0);
        return true;
    }

    // Searches and identifies a file that came out of the holder, and looks into it in its turn.
    private void Take(ReadOnlySpan<byte> path, ReadOnlySpan<byte> pathInSection, bool executable, Stream contents, string prefix, int depth, bool isOpened = true)
    {
        Level level = _levels[depth] ??= new Level();
        level.Spooled.Clear();
        string section = Join(prefix, PrintableText.From(pathInSection));
        byte[] name = NameOf(path).ToArray();
        byte[] file = path.ToArray();
        int headLength = contents.ReadAtLeast(level.Head, level.Head.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> head = level.Head.AsSpan(0, headLength);
        bool isContainer = isOpened && Recognises(head, NameOf(path));
        bool isKept = isContainer || headLength < level.Head.Length || (headLength >= FormatsWithHeaders.MagicLength && FormatsWithHeaders.Match(head));
        long length = 0;
        if (!isContainer)
        {
            search.Begin(file, executable);
        }

        try
        {
            for (ReadOnlySpan<byte> data = head; !data.IsEmpty; data = level.Chunk.AsSpan(0, contents.Read(level.Chunk)))
            {
                _expansion.Spend(data.Length);
                length += data.Length;
                if (!isContainer)
                {
                    search.Take(data);
                }

                if (isKept)
                {
                    level.Spooled.Append(data);
                }
            }
        }
        finally
        {
            EndMember(file, section, executable, length, isContainer, isKept, level);
        }

        if (ContainerFormats.FindClosed(head) is not null)
        {
            _isLeftOut = _isContainer = true;
        }

        if (isContainer && !Open(new ByteSource(level.Spooled, 0, length), name, section, depth - 1))
        {
            SearchAgain(new ByteSource(level.Spooled, 0, length), file, executable, section, level.Chunk);
        }
    }

    private void EndMember(byte[] file, string section, bool executable, long length, bool isContainer, bool isKept, Level level)
    {
        if (!isContainer)
        {
            search.End();
            endDerived(_holder, section, areOffsetsInFile: false);
        }

        ReadOnlySpan<byte> head = level.Head.AsSpan(0, (int)Math.Min(length, level.Head.Length));
        FileView view = isKept && length > head.Length ? new FileView(head, length, level.Spooled) : new FileView(head, length, level.NothingKept);
        FileIdentity identity = FileIdentifier.Identify(view);
        census.Add(Encoding.UTF8.GetBytes(_holder.Path), length, _holder.NarOffset, executable, identity, section, file);
    }

    // A container that could not be seen whole may hold what it names in plain bytes.
    private void SearchAgain(ByteSource bytes, byte[] file, bool executable, string section, byte[] chunk)
    {
        search.Begin(file, executable);
        for (long position = 0; position < bytes.Length;)
        {
            int count = bytes.Read(position, chunk);
            if (count == 0)
            {
                break;
            }

            _expansion.Spend(count);
            search.Take(chunk.AsSpan(0, count));
            position += count;
        }

        search.End();
        endDerived(_holder, section, areOffsetsInFile: false);
    }

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> path) => path[(path.LastIndexOf((byte)'/') + 1)..];

    private static byte[] WithoutEnding(byte[] name) => name.AsSpan().LastIndexOf((byte)'.') is > 0 and int dot ? name[..dot] : name;

    /// <summary>What one depth of nesting needs; a file at a time is taken at each.</summary>
    private sealed class Level
    {
        public byte[] Head { get; } = new byte[RollingWindow.Head];

        public byte[] Chunk { get; } = new byte[ChunkLength];

        public SpooledBytes Spooled { get; } = new(InMemory);

        public IFileBytes NothingKept { get; } = new Nothing();

        private sealed class Nothing : IFileBytes
        {
            public int Read(long offset, Span<byte> destination) => 0;
        }
    }

    /// <summary>Takes the tree in one container.</summary>
    private sealed class Sink(DerivedContents owner, byte[] container, string section, int depth) : IContainerSink
    {
        public void Directory(ReadOnlySpan<byte> path) => owner.NoteName(path);

        public void Symlink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target)
        {
            owner.NoteName(path);
            owner._expansion.Spend(target.Length);
            owner.SearchText(path, target, section);
        }

        public void File(ReadOnlySpan<byte> path, bool executable, Stream contents)
        {
            owner.NoteName(path);
            owner.Take(path, path, executable, contents, section, depth);
        }

        public void Link(ReadOnlySpan<byte> path, ReadOnlySpan<byte> other) => owner.NoteName(path);

        public void Part(ReadOnlySpan<byte> name, ByteSource bytes)
        {
            byte[] head = new byte[(int)Math.Min(bytes.Length, RollingWindow.Head)];
            bytes.ReadExactly(0, head);
            string part = Join(section, Encoding.ASCII.GetString(name));
            if (owner.Recognises(head, default))
            {
                owner.Open(bytes, container, part, depth - 1);
            }
            else if (ContainerFormats.FindClosed(head) is not null)
            {
                owner._isLeftOut = true;
            }
        }

        public void Rest(Stream rest) => owner.OpenStream(rest, container, section, depth - 1);

        public void LeftOut(string reason) => owner._isLeftOut = true;

        public void Damaged() => owner._isDamaged = true;

        public IContentDecoder? Decoder(string name) => owner.Decoders.FirstOrDefault(decoder => decoder.Name == name);

        public void Spend(long bytes) => owner._expansion.Spend(bytes);
    }

    // What lies in the store of an image is there, and not undeclared.
    private void NoteName(ReadOnlySpan<byte> path) => paths.NoteEntry(path);

    private void SearchText(ReadOnlySpan<byte> path, ReadOnlySpan<byte> text, string section)
    {
        search.Text(path, text, Mechanism.SymlinkTarget);
        endDerived(_holder, Join(section, PrintableText.From(path)), areOffsetsInFile: false);
    }
}
