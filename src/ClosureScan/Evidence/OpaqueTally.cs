using System.Collections.Immutable;
using ClosureScan.Containers;
using ClosureScan.Platforms;
using ClosureScan.Scanning;
using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>
/// Gathers the files of one path that hold files nobody has seen. Without a deep search the largest compressed file alone is asked whether it
/// holds a container: undoing the beginning of every manual page would cost more than the scan.
/// </summary>
internal sealed class OpaqueTally(ScanOptions options)
{
    private const int MaxFiles = 1_024;
    private const int BeginningLength = 64 * 1024;

    private readonly List<OpaqueFile> _files = [];
    private OpaqueFile? _largest;
    private byte[] _beginning = [];

    /// <summary>Takes a file.</summary>
    /// <param name="file">What the walk told of it.</param>
    /// <param name="view">Its bytes.</param>
    /// <param name="identity">What they are.</param>
    /// <param name="seen">What was seen of it; null without a deep search.</param>
    public void Add(in WalkedFile file, in FileView view, FileIdentity identity, LookedInto? seen)
    {
        if (seen is { } looked)
        {
            if (looked is { IsContainer: true, IsComplete: false })
            {
                Keep(new OpaqueFile(PrintableText.From(file.Path), view.Length, looked.Format!, IsClosed: true));
            }

            return;
        }

        if (identity.Format == FileFormat.Container)
        {
            ReadOnlySpan<byte> head = view.Head[..Math.Min(view.Head.Length, RollingWindow.Head)];
            string? known = ContainerFormats.Find(head)?.Name;
            Keep(new OpaqueFile(PrintableText.From(file.Path), view.Length, known ?? ContainerFormats.FindClosed(head) ?? "container", IsClosed: known is null));
        }
        else if (identity.Format == FileFormat.Compressed && view.Length > (_largest?.Size ?? 0))
        {
            byte[] beginning = new byte[(int)Math.Min(view.Length, BeginningLength)];
            Array.Resize(ref beginning, view.Read(0, beginning));
            _largest = new OpaqueFile(PrintableText.From(file.Path), view.Length, "compressed", IsClosed: false);
            _beginning = beginning;
        }
    }

    /// <summary>The files since the last call.</summary>
    public ImmutableArray<OpaqueFile> Drain()
    {
        if (_largest is { } largest && options.Decoders.FirstOrDefault(decoder => decoder.Recognises(_beginning)) is { } decoder
            && DerivedContents.HoldsContainer(_beginning, options.Decoders))
        {
            Keep(largest with { Format = decoder.Name });
        }

        ImmutableArray<OpaqueFile> files = [.. _files];
        Clear();
        return files;
    }

    /// <summary>
    /// The files of consecutive parts of a path as those of the whole; null where only the whole can tell: without a deep search one compressed file
    /// of a path is asked, and it is not told how large those were that held nothing.
    /// </summary>
    public static ImmutableArray<OpaqueFile>? Join(IReadOnlyList<ImmutableArray<OpaqueFile>> parts, ScanOptions options)
    {
        IEnumerable<OpaqueFile> files = parts.SelectMany(static part => part);
        return !options.Deep && files.Any(file => options.Decoders.Any(decoder => decoder.Name == file.Format)) ? null : [.. files.Take(MaxFiles)];
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _files.Clear();
        _largest = null;
    }

    private void Keep(OpaqueFile file)
    {
        if (_files.Count < MaxFiles)
        {
            _files.Add(file);
        }
    }
}
