namespace ClosureScan.Analysis.Comparing.Files;

/// <summary>What the comparison of one file, or of one path, has found so far. One thread.</summary>
internal sealed class FileVerdict
{
    private readonly SortedSet<string> _masks = new(StringComparer.Ordinal);
    private readonly List<Difference> _differences = [];

    /// <summary>The worst level so far.</summary>
    public ComparisonLevel Level { get; private set; }

    /// <summary>What had to be blanked.</summary>
    public IReadOnlyCollection<string> Masks => _masks;

    /// <summary>What differs.</summary>
    public IReadOnlyList<Difference> Differences => _differences;

    /// <summary>Takes note of a level.</summary>
    public void Add(ComparisonLevel level) => Level = level > Level ? level : Level;

    /// <summary>Takes note of a field that had to be blanked.</summary>
    public void Mask(string name)
    {
        _masks.Add(name);
        Add(name == VolatileFields.Names ? ComparisonLevel.SameModuloPaths : ComparisonLevel.SameModuloVolatile);
    }

    /// <summary>Takes note of a difference.</summary>
    public void Add(Difference difference)
    {
        _differences.Add(difference);
        Add(difference.Level);
    }

    /// <summary>Takes note of all that another one found.</summary>
    public void Add(FileVerdict other)
    {
        _masks.UnionWith(other._masks);
        _differences.AddRange(other._differences);
        Add(other.Level);
    }
}
