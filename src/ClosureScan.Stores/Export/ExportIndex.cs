using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Text;
using ClosureScan.Nar;
using ClosureScan.Paths;

namespace ClosureScan.Stores.Export;

/// <summary>
/// Finds out what <c>nix-store --export</c> wrote, and where each NAR lies (Nix: src/libstore/export-import.cc): of each path a 1, its NAR, a
/// word, its name, references and deriver, and a 0; and a 0 at the end. A path's name follows its NAR, and nothing tells sizes and hashes, so
/// all is read once.
/// </summary>
internal sealed class ExportIndex
{
    /// <summary>"NIXE" behind each NAR.</summary>
    private const ulong PathMagic = 0x4558494e;

    /// <summary>What another format of exports begins with: "NARIO2".</summary>
    private const ulong SecondFormat = 0x324f4952414e;

    private const int MostText = 64 * 1024;
    private const int MostReferences = 1_000_000;

    private readonly PipeReader _pipe;
    private long _position;

    private ExportIndex(PipeReader pipe) => _pipe = pipe;

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="pipe">The stream.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Each path, and where its NAR begins.</returns>
    /// <exception cref="StoreException">It is no export, damaged or cut off; the message says how far it reaches.</exception>
    public static async Task<IReadOnlyList<(PathInfo Info, long Offset)>> ReadAsync(PipeReader pipe, string name, CancellationToken cancellationToken)
    {
        ExportIndex index = new(pipe);
        List<(PathInfo Info, long Offset)> paths = [];
        try
        {
            while (await index.ReadNumberAsync(cancellationToken).ConfigureAwait(false) is var mark and not 0)
            {
                if (mark != 1)
                {
                    throw new InvalidDataException(mark == SecondFormat
                        ? "it is of the second format of exports, which is not read here: make it with nix-store --export"
                        : $"expected a 0 or a 1 at byte {index._position - sizeof(ulong)}; it is none of nix-store --export");
                }

                paths.Add(await index.ReadPathAsync(cancellationToken).ConfigureAwait(false));
            }

            return paths;
        }
        catch (Exception exception) when (exception is InvalidDataException or NarFormatException or IOException)
        {
            string reach = paths.Count == 0
                ? "No path of it is whole"
                : $"{paths.Count} of its paths {(paths.Count == 1 ? "is" : "are")} whole, up to {paths[^1].Info.Path}";
            throw new StoreException($"The export {name} cannot be read within its path {paths.Count + 1}: {exception.Message.TrimEnd('.')}. {reach}. Make it anew: nix-store --export $(nix-store -qR PATH)", exception);
        }
    }

    private async Task<(PathInfo Info, long Offset)> ReadPathAsync(CancellationToken cancellationToken)
    {
        long offset = _position;
        long size;
        NarHash? hash;
        using (NarTreeReader nar = new(_pipe, new NarReaderOptions { ComputeHash = true }))
        {
            while (await nar.ReadAsync(cancellationToken).ConfigureAwait(false) != NarEntryKind.EndOfArchive)
            {
            }

            size = nar.Position;
            hash = nar.Hash;
        }

        _position += size;
        if (await ReadNumberAsync(cancellationToken).ConfigureAwait(false) is var magic && magic != PathMagic)
        {
            throw new InvalidDataException($"0x{magic:x} follows the NAR at byte {_position - sizeof(ulong)}, where NIXE should stand");
        }

        StorePath path = await ReadStorePathAsync(cancellationToken).ConfigureAwait(false);
        ulong count = await ReadNumberAsync(cancellationToken).ConfigureAwait(false);
        if (count > MostReferences)
        {
            throw new InvalidDataException($"{path} has {count} references, which is beyond {MostReferences}");
        }

        ImmutableArray<StorePath>.Builder references = ImmutableArray.CreateBuilder<StorePath>();
        for (ulong reference = 0; reference < count; reference++)
        {
            references.Add(await ReadStorePathAsync(cancellationToken).ConfigureAwait(false));
        }

        string deriver = await ReadTextAsync(cancellationToken).ConfigureAwait(false);

        // A signature of a kind that nobody makes any more.
        if (await ReadNumberAsync(cancellationToken).ConfigureAwait(false) == 1)
        {
            await ReadTextAsync(cancellationToken).ConfigureAwait(false);
        }

        PathInfo info = new()
        {
            Path = path,
            NarHash = hash,
            NarSize = size,
            References = PathInfoBuilding.Sorted(references),
            Deriver = StorePath.TryParse(deriver, out StorePath? parsed) ? parsed : null,
        };
        return (info, offset);
    }

    private async Task<StorePath> ReadStorePathAsync(CancellationToken cancellationToken)
    {
        string text = await ReadTextAsync(cancellationToken).ConfigureAwait(false);
        return StorePath.TryParse(text, out StorePath? path)
            ? path
            : throw new InvalidDataException($"\"{Wire.WireText.OneLine(text)}\" before byte {_position} is no store path");
    }

    private async Task<ulong> ReadNumberAsync(CancellationToken cancellationToken) =>
        BinaryPrimitives.ReadUInt64LittleEndian(await ReadBytesAsync(sizeof(ulong), cancellationToken).ConfigureAwait(false));

    private async Task<string> ReadTextAsync(CancellationToken cancellationToken)
    {
        ulong length = await ReadNumberAsync(cancellationToken).ConfigureAwait(false);
        if (length > MostText)
        {
            throw new InvalidDataException($"a length of {length} at byte {_position - sizeof(ulong)} is beyond {MostText}");
        }

        byte[] padded = await ReadBytesAsync(((int)length + 7) & ~7, cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(padded, 0, (int)length);
    }

    private async Task<byte[]> ReadBytesAsync(int count, CancellationToken cancellationToken)
    {
        ReadResult result = await _pipe.ReadAtLeastAsync(count, cancellationToken).ConfigureAwait(false);
        if (result.Buffer.Length < count)
        {
            throw new InvalidDataException($"it ends at byte {_position + result.Buffer.Length}");
        }

        byte[] bytes = result.Buffer.Slice(0, count).ToArray();
        _pipe.AdvanceTo(result.Buffer.GetPosition(count));
        _position += count;
        return bytes;
    }
}
