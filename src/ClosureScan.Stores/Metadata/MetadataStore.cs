using System.Collections.Frozen;
using System.Text;
using ClosureScan.Input;
using ClosureScan.Paths;
using ClosureScan.Walking;

namespace ClosureScan.Stores.Metadata;

/// <summary>
/// Claims from a file, contents from a directory: works inside a Nix build, where there is neither a daemon nor a database.
/// </summary>
internal sealed class MetadataStore : IListableStore, IDerivationStore
{
    // A hundred bytes a reference: ten million of them.
    private const long MaxLength = 1L << 30;

    private readonly FrozenDictionary<StorePath, PathInfo> _infos;
    private readonly string _contents;

    /// <summary>Makes a store.</summary>
    /// <param name="location">Its name in messages.</param>
    /// <param name="infos">Its paths.</param>
    /// <param name="contents">Where the contents lie; null for the directory that the paths name.</param>
    public MetadataStore(string location, IReadOnlyList<PathInfo> infos, string? contents)
    {
        Location = location;
        Directory = infos.Count > 0 ? infos[0].Path.StoreDirectory : StorePath.DefaultStoreDirectory;
        _contents = contents ?? Directory;
        _infos = infos.DistinctBy(info => info.Path).ToFrozenDictionary(info => info.Path);
    }

    public string Directory { get; }

    public IEnumerable<StorePath> DerivationsOf(PathInfo info) => info.Deriver is null ? [] : [info.Deriver];

    public string Location { get; }

    /// <summary>Opens <c>path-info:FILE</c> or <c>registration:FILE</c>; the parameter <c>real</c> says where the contents lie.</summary>
    /// <exception cref="StoreException">The file cannot be read or is malformed.</exception>
    public static MetadataStore Open(StoreUri uri)
    {
        bool json = uri.Scheme == "path-info";
        uri.AllowParameters(json ? ["real", "key"] : ["real"]);
        try
        {
            IReadOnlyList<PathInfo> infos = json
                ? PathInfoJson.Parse(InputFile.ReadText(uri.Path, MaxLength, mayBeSpecial: true), uri.Path, uri.Parameters.GetValueOrDefault("key"))
                : RegistrationText.Parse(Encoding.UTF8.GetString(InputFile.ReadText(uri.Path, MaxLength, mayBeSpecial: true)), uri.Path);
            return new MetadataStore(uri.Text, infos, uri.Parameters.GetValueOrDefault("real"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StoreException($"The metadata of the store {uri.Text} cannot be read: {exception.Message}", exception);
        }
    }

    public ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return ValueTask.FromResult(_infos.GetValueOrDefault(path));
    }

    public IAsyncEnumerable<StorePath> ListAsync(CancellationToken cancellationToken = default) => _infos.Keys.ToAsyncEnumerable();

    public ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(info);
        return new(StoreContents.OnDisk(Path.Combine(_contents, info.Path.BaseName), $"Make {Location} anew from the store that has the files."));
    }
}
