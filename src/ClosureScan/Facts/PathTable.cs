using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Facts;

/// <summary>The store paths of a document, each once: those of the closure in their order, then those that are only named. Claims name them by their numbers.</summary>
internal sealed class PathTable
{
    private readonly Dictionary<StorePath, int> _numbers = [];
    private readonly List<StorePath> _paths = [];

    public static PathTable Of(ScannedClosure closure)
    {
        PathTable table = new();
        foreach (ScannedPath path in closure.Paths)
        {
            table.Add(path.Info.Path);
        }

        foreach (StorePath named in closure.Paths.SelectMany(path => (path.Info.References ?? []).Append(path.Info.Deriver).Append(path.Build?.Derivation).Concat(path.Build?.Inputs.Select(input => input.Path) ?? [])).Concat(closure.Roots).OfType<StorePath>())
        {
            table.Add(named);
        }

        return table;
    }

    /// <summary>Reads what <see cref="Write(FactsRecordWriter, string)"/> wrote. The first <paramref name="closureCount"/> must be sorted.</summary>
    public static PathTable Read(FactsRecord record, string storeDirectory, long closureCount)
    {
        PathTable table = new();
        foreach (StorePath path in record.Items(record => ReadPath(record, storeDirectory)))
        {
            if (!table.Add(path) || (table._paths.Count <= closureCount && table._paths.Count > 1 && table._paths[^2].CompareTo(path) >= 0))
            {
                throw record.Wrong("the store paths are not sorted");
            }
        }

        return table._paths.Count >= closureCount ? table : throw record.Wrong("there are fewer store paths than the closure has");
    }

    public StorePath this[int number] => _paths[number];

    public int NumberOf(StorePath path) => _numbers[path];

    public StorePath At(FactsRecord record) => record.Number() is var number && number < _paths.Count ? _paths[(int)number] : throw record.Wrong("no store path has that number");

    /// <summary>Writes the paths.</summary>
    public void Write(FactsRecordWriter record, string storeDirectory) =>
        record.Items([.. _paths], path => record.Text(path.StoreDirectory == storeDirectory ? path.BaseName : path.ToString()));

    private static StorePath ReadPath(FactsRecord record, string storeDirectory)
    {
        string text = record.Text();
        return (text.StartsWith('/') ? StorePath.TryParse(text, out StorePath? path) : StorePath.TryParseBaseName(storeDirectory, text, out path))
            ? path
            : throw record.Wrong("a store path was expected");
    }

    private bool Add(StorePath path)
    {
        if (!_numbers.TryAdd(path, _paths.Count))
        {
            return false;
        }

        _paths.Add(path);
        return true;
    }
}
