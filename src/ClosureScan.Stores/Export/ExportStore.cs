using System.Collections.Frozen;
using System.IO.Pipelines;
using ClosureScan.Paths;
using ClosureScan.Stores.Compression;
using ClosureScan.Walking;
using Microsoft.Win32.SafeHandles;

namespace ClosureScan.Stores.Export;

/// <summary>What <c>nix-store --export</c> wrote: a file, or what comes through a pipe or compressed, which is kept in a temporary file.</summary>
internal sealed class ExportStore : IListableStore
{
    private const string StandardInput = "-";

    private readonly SafeFileHandle _file;
    private readonly FrozenDictionary<StorePath, (PathInfo Info, long Offset)> _paths;

    private ExportStore(string location, SafeFileHandle file, IReadOnlyList<(PathInfo Info, long Offset)> paths)
    {
        Location = location;
        _file = file;
        Directory = paths.Count > 0 ? paths[0].Info.Path.StoreDirectory : StorePath.DefaultStoreDirectory;
        _paths = paths.DistinctBy(item => item.Info.Path).ToFrozenDictionary(item => item.Info.Path);
    }

    public string Directory { get; }

    public string Location { get; }

    /// <summary>Opens <c>export:FILE</c>, or <c>export:-</c> for standard input; FILE may be compressed as its name ends.</summary>
    /// <exception cref="StoreException">It cannot be read, is no export, or is cut off.</exception>
    public static async Task<ExportStore> OpenAsync(StoreUri uri, CancellationToken cancellationToken)
    {
        uri.AllowParameters();
        SafeFileHandle? file = null;
        try
        {
            file = uri.Path == StandardInput
                ? await KeepAsync(NarSource.OpenStandardInput(), cancellationToken).ConfigureAwait(false)
                : Path.GetExtension(uri.Path) is ".xz" or ".zst" or ".bz2" or ".gz" or ".br" or ".lz"
                    ? await KeepAsync(CompressedFile.Open(uri.Path), cancellationToken).ConfigureAwait(false)
                    : await OpenOrKeepAsync(uri.Path, cancellationToken).ConfigureAwait(false);
            PipeReader pipe = NarSource.FromStream(new FileSlice(file, 0, RandomAccess.GetLength(file)));
            ExportStore store = new(uri.Text, file, await ExportIndex.ReadAsync(pipe, uri.Path, cancellationToken).ConfigureAwait(false));
            file = null;
            return store;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException || CompressedFile.IsDamage(exception))
        {
            throw new StoreException($"The export {uri.Path} cannot be read: {exception.Message}", exception);
        }
        finally
        {
            file?.Dispose();
        }
    }

    public ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(_paths.TryGetValue(path, out (PathInfo Info, long) found) ? found.Info : null);
    }

    public IAsyncEnumerable<StorePath> ListAsync(CancellationToken cancellationToken = default) => _paths.Keys.ToAsyncEnumerable();

    public ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(info);
        return _paths.TryGetValue(info.Path, out (PathInfo Info, long Offset) found)
            ? new(StoreContents.Nar(new FileSlice(_file, found.Offset, found.Info.NarSize!.Value), narSize: found.Info.NarSize))
            : throw new StoreException($"{info.Path} is not in {Location}.");
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A file as it is; what comes through a named pipe is kept.</summary>
    private static async Task<SafeFileHandle> OpenOrKeepAsync(string path, CancellationToken cancellationToken)
    {
        SafeFileHandle file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        try
        {
            _ = RandomAccess.GetLength(file);
            return file;
        }
        catch (NotSupportedException)
        {
            return await KeepAsync(NarSource.FromStream(new FileStream(file, FileAccess.Read, bufferSize: 0)), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Copies what comes into a file that is gone when it is closed.</summary>
    private static async Task<SafeFileHandle> KeepAsync(PipeReader source, CancellationToken cancellationToken)
    {
        SafeFileHandle file = File.OpenHandle(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        try
        {
            long length = 0;
            while (true)
            {
                ReadResult result = await source.ReadAsync(cancellationToken).ConfigureAwait(false);
                foreach (ReadOnlyMemory<byte> segment in result.Buffer)
                {
                    RandomAccess.Write(file, segment.Span, length);
                    length += segment.Length;
                }

                source.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    return file;
                }
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }
        finally
        {
            await source.CompleteAsync().ConfigureAwait(false);
        }
    }
}
