using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>Finds the host's build of a package whose foreign build was found in the closure.</summary>
internal sealed class TwinIndex
{
    private readonly Dictionary<string, List<StorePath>> _byPackage = new(StringComparer.Ordinal);

    public static TwinIndex Create(SidedClosure sided)
    {
        TwinIndex index = new();
        for (int node = 0; node < sided.Graph.NodeCount; node++)
        {
            if (sided.Sides[node] == PathSide.Host)
            {
                StorePath path = sided.Graph.Paths[node];
                string package = StorePathName.Parse(path.Name).PackageName;
                if (!index._byPackage.TryGetValue(package, out List<StorePath>? paths))
                {
                    index._byPackage.Add(package, paths = []);
                }

                paths.Add(path);
            }
        }

        return index;
    }

    /// <summary>The twin, of the same output where there is one; null when the closure has none.</summary>
    public StorePath? Find(StorePath foreign)
    {
        StorePathName name = StorePathName.Parse(foreign.Name);
        return _byPackage.TryGetValue(name.PackageName, out List<StorePath>? paths)
            ? paths.FirstOrDefault(path => StorePathName.Parse(path.Name).Output == name.Output) ?? paths[0]
            : null;
    }
}
