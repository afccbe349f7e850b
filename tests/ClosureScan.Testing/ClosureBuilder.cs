using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Testing;

/// <summary>Makes scanned closures out of names, without any store: the hash of a path is made of its name.</summary>
public sealed class ClosureBuilder
{
    private readonly SortedDictionary<string, ClosurePathBuilder> _paths = new(StringComparer.Ordinal);
    private readonly List<string> _roots = [];
    private readonly List<ScanProblem> _problems = [];

    /// <summary>Changes every hash of the closure: the same packages, built elsewhere.</summary>
    public string Salt { get; init; } = "";

    /// <summary>The store path of that name in this closure.</summary>
    public StorePath PathOf(string name)
    {
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(Salt + name));
        string baseName = $"{NixBase32.Encode(digest.AsSpan(0, 20))}-{name}";
        return StorePath.TryParseBaseName(StorePath.DefaultStoreDirectory, baseName, out StorePath? path)
            ? path
            : throw new ArgumentException($"{name} is no store path name", nameof(name));
    }

    /// <summary>Adds a path; the first one is a root.</summary>
    public ClosureBuilder Add(string name, Action<ClosurePathBuilder>? describe = null)
    {
        ClosurePathBuilder path = new(this, name);
        describe?.Invoke(path);
        _paths.Add(name, path);
        if (_roots.Count == 0)
        {
            _roots.Add(name);
        }

        return this;
    }

    /// <summary>Makes a path that was added a root, too.</summary>
    public ClosureBuilder Root(string name)
    {
        _roots.Add(name);
        return this;
    }

    /// <summary>Adds a problem, which makes the scan incomplete.</summary>
    public ClosureBuilder Problem(string path, string message)
    {
        _problems.Add(new ScanProblem(path, message));
        return this;
    }

    /// <summary>Makes the closure. Paths that are referred to and were not added are added empty.</summary>
    public ScannedClosure Build()
    {
        foreach (string name in _paths.Values.SelectMany(path => path.References).Distinct().Where(name => !_paths.ContainsKey(name)).ToArray())
        {
            _paths.Add(name, new ClosurePathBuilder(this, name));
        }

        return new ScannedClosure
        {
            StoreDirectory = StorePath.DefaultStoreDirectory,
            Roots = [.. _roots.Select(PathOf).Order()],
            Paths = [.. _paths.Values.Select(path => path.Build()).OrderBy(path => path.Info.Path)],
            Problems = [.. _problems],
        };
    }
}
