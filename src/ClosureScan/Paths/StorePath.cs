using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace ClosureScan.Paths;

/// <summary>
/// A store path: <c>/nix/store/&lt;hash&gt;-&lt;name&gt;</c>, without anything below it.
/// Equality and order are those of the whole path, by ordinal.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<StorePath>))]
public sealed class StorePath : IEquatable<StorePath>, IComparable<StorePath>, IParsable<StorePath>
{
    /// <summary>The store directory of nearly every store.</summary>
    public const string DefaultStoreDirectory = "/nix/store";

    /// <summary>The longest name that Nix accepts, in characters (Nix: src/libstore/path.cc).</summary>
    internal const int MaxNameLength = 211;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-._?=");

    private readonly string _path;

    private StorePath(string storeDirectory, StorePathHash hash, string name)
    {
        StoreDirectory = storeDirectory;
        Hash = hash;
        Name = name;
        _path = $"{storeDirectory}/{hash}-{name}";
    }

    /// <summary>The directory the path lies in, without a trailing slash: <c>/nix/store</c>.</summary>
    public string StoreDirectory { get; }

    /// <summary>The 32 characters before the first dash.</summary>
    public StorePathHash Hash { get; }

    /// <summary>What follows the hash and its dash: <c>curl-armv7l-unknown-linux-gnueabihf-8.9.1</c>.</summary>
    public string Name { get; }

    /// <summary>The last component: <c>&lt;hash&gt;-&lt;name&gt;</c>.</summary>
    public string BaseName => _path[(StoreDirectory.Length + 1)..];

    /// <summary>Reads a whole store path.</summary>
    /// <exception cref="FormatException"><paramref name="path"/> is no store path; the message says why.</exception>
    public static StorePath Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return TryParse(path, out StorePath? result)
            ? result
            : throw new FormatException($"\"{path}\" is no store path: expected DIRECTORY/<32 base-32 characters>-<name>.");
    }

    /// <summary>Reads a whole store path, in whatever directory it lies. False when it is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? path, [NotNullWhen(true)] out StorePath? result)
    {
        result = null;
        if (path is null)
        {
            return false;
        }

        int slash = path.LastIndexOf('/');
        return slash > 0 && path[0] == '/' && TryParseBaseName(path[..slash], path.AsSpan(slash + 1), out result);
    }

    static StorePath IParsable<StorePath>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<StorePath>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out StorePath result) => TryParse(s, out result);

    /// <summary>Reads <c>&lt;hash&gt;-&lt;name&gt;</c> as a path of <paramref name="storeDirectory"/>. False when it is none.</summary>
    public static bool TryParseBaseName(string storeDirectory, ReadOnlySpan<char> baseName, [NotNullWhen(true)] out StorePath? result)
    {
        ArgumentNullException.ThrowIfNull(storeDirectory);
        result = null;
        if (baseName.Length <= StorePathHash.Length + 1
            || baseName[StorePathHash.Length] != '-'
            || !StorePathHash.TryParse(baseName[..StorePathHash.Length], out StorePathHash hash))
        {
            return false;
        }

        ReadOnlySpan<char> name = baseName[(StorePathHash.Length + 1)..];
        if (!IsName(name))
        {
            return false;
        }

        result = new StorePath(storeDirectory, hash, name.ToString());
        return true;
    }

    /// <summary>
    /// Whether <paramref name="name"/> may follow the hash: 1 to 211 characters of <c>[0-9a-zA-Z+-._?=]</c>,
    /// and neither <c>.</c> nor <c>..</c>, alone or before a dash.
    /// </summary>
    internal static bool IsName(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MaxNameLength
        && !name.ContainsAnyExcept(NameCharacters)
        && name is not ("." or "..")
        && !name.StartsWith(".-") && !name.StartsWith("..-");

    /// <inheritdoc/>
    public bool Equals(StorePath? other) => other is not null && _path == other._path;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StorePath);

    /// <inheritdoc/>
    public override int GetHashCode() => Hash.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(StorePath? other) => string.CompareOrdinal(_path, other?._path);

    /// <summary>The whole path.</summary>
    public override string ToString() => _path;
}
