using ClosureScan.Paths;

namespace ClosureScan.Stores.Roots;

/// <summary>Store paths, one a line, as <c>nix build --print-out-paths</c>, <c>nix-store --realise</c> and closureInfo's <c>store-paths</c> have them.</summary>
internal static class PathLines
{
    /// <summary>Reads all lines.</summary>
    /// <param name="lines">The lines; empty ones are passed over.</param>
    /// <param name="file">What to call them in messages.</param>
    /// <exception cref="RootListException">A line is no store path, or there is none at all.</exception>
    public static RootList Read(TextReader lines, string file)
    {
        List<NamedRoot> roots = [];
        int number = 0;
        while (lines.ReadLine() is { } line)
        {
            number++;
            if (line.Trim() is { Length: > 0 } text)
            {
                roots.Add(StorePath.TryParse(text, out StorePath? path)
                    ? new NamedRoot(path.Name, path)
                    : throw new RootListException(file, number, $"\"{text}\" is no store path."));
            }
        }

        return new RootList([.. roots.DistinctBy(root => root.Path).OrderBy(root => root.Path)], []);
    }
}
