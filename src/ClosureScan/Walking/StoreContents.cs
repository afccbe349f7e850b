using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using ClosureScan.Nar;
using ClosureScan.Paths;

namespace ClosureScan.Walking;

/// <summary>The bytes of one store path, opened: a tree on disk, or its NAR as a stream. Read once, by one reader.</summary>
public sealed class StoreContents : IAsyncDisposable
{
    private const string UsualAdvice = "Copy the path again.";

    private PipeReader? _pipe;

    private StoreContents(string? directory, Stream? nar)
    {
        DirectoryPath = directory;
        NarStream = nar;
    }

    /// <summary>Where the tree lies on disk; null when the contents are a NAR.</summary>
    public string? DirectoryPath { get; }

    /// <summary>The NAR's bytes, which end with it; null when the contents are a tree on disk. Disposed with the contents.</summary>
    public Stream? NarStream { get; }

    /// <summary>What to call the contents when something is wrong with them: a file or an address; null for the store path itself.</summary>
    public string? Location { get; private init; }

    /// <summary>
    /// The length that the NAR is to have, in bytes; null when nothing is claimed. A stream that gives more is not read further, so a small
    /// file cannot blow up.
    /// </summary>
    public long? NarSize { get; private init; }

    /// <summary>The SHA-256 that the NAR is to have; null when nothing is claimed. What is claimed here is always checked.</summary>
    public NarHash? NarHash { get; private init; }

    /// <summary>What to do when the contents are damaged, as a sentence.</summary>
    public string Advice { get; private init; } = UsualAdvice;

    /// <summary>A tree on disk: a file, a symlink or a directory. Nothing is opened before it is read.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="advice">See <see cref="Advice"/>.</param>
    public static StoreContents OnDisk(string path, string? advice = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new StoreContents(path, null) { Advice = advice ?? UsualAdvice };
    }

    /// <summary>A NAR as a stream of plain bytes. Reading it may block: it is read on a thread that waits for nothing else.</summary>
    /// <param name="nar">The stream; disposed with the contents.</param>
    /// <param name="location">See <see cref="Location"/>.</param>
    /// <param name="narSize">See <see cref="NarSize"/>.</param>
    /// <param name="narHash">See <see cref="NarHash"/>.</param>
    /// <param name="advice">See <see cref="Advice"/>.</param>
    public static StoreContents Nar(Stream nar, string? location = null, long? narSize = null, NarHash? narHash = null, string? advice = null)
    {
        ArgumentNullException.ThrowIfNull(nar);
        return new StoreContents(null, nar) { Location = location, NarSize = narSize, NarHash = narHash, Advice = advice ?? UsualAdvice };
    }

    /// <summary>A NAR in memory.</summary>
    public static StoreContents Nar(ReadOnlyMemory<byte> nar) => Nar(CommunityToolkit.HighPerformance.ReadOnlyMemoryExtensions.AsStream(nar));

    /// <summary>A reader of the contents, at their beginning. To be asked for once; dispose it before the contents.</summary>
    /// <param name="options">How they are walked.</param>
    /// <exception cref="InvalidOperationException">The contents are being read already.</exception>
    internal TreeReader OpenReader(WalkOptions? options = null)
    {
        options ??= WalkOptions.Default;
        if (DirectoryPath is not null)
        {
            return new DirectoryReader(Disk.DiskReader.Create(), DirectoryPath, options);
        }

        _pipe = _pipe is null ? NarSource.FromStream(NarStream!) : throw new InvalidOperationException("The contents are being read already.");
        return new NarTreeReader(_pipe, new NarReaderOptions { ComputeHash = options.ComputeNarHash });
    }

    /// <summary>Every directory, symlink and file, in the order of the NAR, whether the contents are one or lie on disk.</summary>
    /// <param name="cancellationToken">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="NarFormatException">The bytes are no NAR.</exception>
    /// <exception cref="IOException">Something cannot be read.</exception>
    public async IAsyncEnumerable<NarEntry> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using TreeReader reader = OpenReader();
        await foreach (NarEntry entry in reader.ReadEntriesAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return entry;
        }
    }

    /// <summary>Closes the stream.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_pipe is not null)
        {
            await _pipe.CompleteAsync().ConfigureAwait(false);
        }

        if (NarStream is not null)
        {
            await NarStream.DisposeAsync().ConfigureAwait(false);
        }
    }
}
