using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using ClosureScan.Paths;

namespace ClosureScan.Stores;

/// <summary>
/// One <see cref="StorePath"/> object for each path, however often it is named: in a system's closure every path is
/// referenced some forty times. May be used by several threads.
/// </summary>
internal sealed class StorePathPool(string storeDirectory)
{
    private readonly ConcurrentDictionary<string, StorePath> _paths = new(StringComparer.Ordinal);

    /// <summary>The directory that all paths of the pool lie in.</summary>
    public string StoreDirectory { get; } = storeDirectory;

    /// <summary>Reads <c>&lt;hash&gt;-&lt;name&gt;</c>. False when it is no base name of a store path.</summary>
    public bool TryGetByBaseName(ReadOnlySpan<char> baseName, [NotNullWhen(true)] out StorePath? path)
    {
        if (_paths.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(baseName, out path))
        {
            return true;
        }

        if (!StorePath.TryParseBaseName(StoreDirectory, baseName, out path))
        {
            return false;
        }

        path = _paths.GetOrAdd(path.BaseName, path);
        return true;
    }

    /// <summary>Reads a whole path. False when it is no path directly in <see cref="StoreDirectory"/>.</summary>
    public bool TryGet(ReadOnlySpan<char> fullPath, [NotNullWhen(true)] out StorePath? path)
    {
        path = null;
        return fullPath.Length > StoreDirectory.Length + 1
            && fullPath.StartsWith(StoreDirectory, StringComparison.Ordinal)
            && fullPath[StoreDirectory.Length] == '/'
            && TryGetByBaseName(fullPath[(StoreDirectory.Length + 1)..], out path);
    }
}
