using System.Collections.Immutable;
using System.IO.Compression;
using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>
/// Looks into compressed files and the members of zip archives. Bounded: files of at most 16 MiB, 64 MiB of what they expand to,
/// one compressed format inside another; a bomb is left when its time has come. What is malformed is scanned as far as it goes.
/// Whatever is left out is remarked and does not make the scan incomplete: Nix does not look into these files at all, a broken archive is
/// somebody's test data more often than a damaged path, and the hash of the NAR is there to tell.
/// </summary>
internal sealed class CompressedContents(
    ContentSearch search, DerivedEnd endDerived, ImmutableArray<IContentDecoder> decoders, RemarkBook remarks)
{
    private const int MaxCompressed = 16 * 1024 * 1024;
    private const long MaxExpanded = 64 * 1024 * 1024;
    private const int MaxDepth = 2;
    private const int BeginningLength = 512;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private long _budget;
    private bool _isNested;
    private bool _isDamaged;

    /// <summary>Scans what <paramref name="view"/> holds, when it is of a format that is known.</summary>
    public void Scan(in WalkedFile file, in FileView view)
    {
        ReadOnlySpan<byte> head = view.Head[..Math.Min(view.Head.Length, BeginningLength)];
        if (!IsZip(head) && DecoderOf(head) is null)
        {
            return;
        }

        byte[] compressed = new byte[view.Length <= MaxCompressed ? view.Length : 0];
        if (view.Length > MaxCompressed || !view.TryRead(0, compressed))
        {
            remarks.Add(ScanRemarkKind.CompressedTooLarge, file.Path);
            return;
        }

        _budget = MaxExpanded;
        _isNested = false;
        _isDamaged = false;
        using MemoryStream stream = new(compressed, writable: false);
        Expand(new EvidenceFile(PrintableText.From(file.Path), file.Executable, view.Length, file.NarOffset), stream, "", MaxDepth);
        Remark(_budget <= 0, ScanRemarkKind.ExpansionBounded, file);
        Remark(_isNested, ScanRemarkKind.NestedTooDeep, file);
        Remark(_isDamaged, ScanRemarkKind.CompressedDamaged, file);
    }

    private void Remark(bool applies, ScanRemarkKind kind, in WalkedFile file)
    {
        if (applies)
        {
            remarks.Add(kind, file.Path);
        }
    }

    // Scans a stream, or what is in it when it is compressed itself.
    private void Expand(EvidenceFile holder, Stream stream, string section, int depth)
    {
        try
        {
            byte[] beginning = new byte[BeginningLength];
            ReadOnlySpan<byte> head = beginning.AsSpan(0, stream.ReadAtLeast(beginning, BeginningLength, throwOnEndOfStream: false));
            if (depth > 0 && IsZip(head))
            {
                ExpandZip(holder, Rewound(head, stream), section, depth);
            }
            else if (depth > 0 && DecoderOf(head) is { } decoder)
            {
                using Stream inner = decoder.Open(Rewound(head, stream));
                Expand(holder, inner, Join(section, decoder.Name), depth - 1);
            }
            else
            {
                _isNested |= IsZip(head) || DecoderOf(head) is not null;
                Search(holder, head, stream, section);
            }
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            // What could be read has been searched.
            _isDamaged = true;
        }
    }

    private void ExpandZip(EvidenceFile holder, Stream stream, string section, int depth)
    {
        using MemoryStream seekable = new();
        int count;
        while (seekable.Length < MaxCompressed && _budget > 0 && (count = stream.Read(_buffer)) > 0)
        {
            seekable.Write(_buffer, 0, count);
            _budget -= count;
        }

        using ZipArchive archive = new(seekable, ZipArchiveMode.Read);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (_budget <= 0)
            {
                return;
            }

            try
            {
                using Stream contents = entry.Open();
                Expand(holder, contents, Join(section, PrintableText.From(System.Text.Encoding.UTF8.GetBytes(entry.FullName))), depth - 1);
            }
            catch (Exception exception) when (IsDamage(exception))
            {
                // The other members may be whole.
                _isDamaged = true;
            }
        }
    }

    private static bool IsDamage(Exception exception) => exception is IOException or InvalidDataException or NotSupportedException;

    private void Search(EvidenceFile holder, ReadOnlySpan<byte> head, Stream stream, string section)
    {
        search.Begin(System.Text.Encoding.UTF8.GetBytes(section), holder.Executable);
        try
        {
            Take(head);
            int count;
            while (_budget > 0 && (count = stream.Read(_buffer)) > 0)
            {
                Take(_buffer.AsSpan(0, count));
            }
        }
        finally
        {
            search.End();
            endDerived(holder, section, areOffsetsInFile: false);
        }
    }

    private void Take(ReadOnlySpan<byte> data)
    {
        search.Take(data);
        _budget -= data.Length;
    }

    private static string Join(string section, string next) => section.Length == 0 ? next : $"{section}:{next}";

    private static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8);

    private IContentDecoder? DecoderOf(ReadOnlySpan<byte> head)
    {
        foreach (IContentDecoder decoder in decoders)
        {
            if (decoder.Recognises(head))
            {
                return decoder;
            }
        }

        return null;
    }

    // Puts back the beginning that was looked at.
    private static Stream Rewound(ReadOnlySpan<byte> head, Stream rest)
    {
        if (rest.CanSeek)
        {
            rest.Position = 0;
            return rest;
        }

        return new JoinedStream(head.ToArray(), rest);
    }
}
