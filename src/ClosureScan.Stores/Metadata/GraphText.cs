using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ClosureScan.Paths;

namespace ClosureScan.Stores.Metadata;

/// <summary>
/// Reads what <c>nix-store --query --graph</c> prints (Nix: src/nix/nix-store/dotgraph.cc): a node a path, and an edge from each path to what
/// refers to it. References of a path to itself are not in it, and neither are sizes and hashes.
/// </summary>
internal static partial class GraphText
{
    /// <summary>What such a file begins with.</summary>
    public const string FirstWord = "digraph";

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="StoreException">It is no such graph; the message names the line.</exception>
    public static IReadOnlyList<PathInfo> Parse(string text, string file)
    {
        StorePathPool paths = new(StorePath.DefaultStoreDirectory);
        Dictionary<StorePath, ImmutableArray<StorePath>.Builder> references = [];
        string[] lines = text.Split('\n', StringSplitOptions.TrimEntries);
        ImmutableArray<StorePath>.Builder Of(string name, int line) =>
            paths.TryGetByBaseName(name, out StorePath? path) || paths.TryGet(name, out path)
                ? references.TryGetValue(path, out ImmutableArray<StorePath>.Builder? known) ? known : references[path] = ImmutableArray.CreateBuilder<StorePath>()
                : throw Malformed(file, line, $"\"{name}\" is no base name of a store path");

        bool isClosed = false;
        for (int index = 0; index < lines.Length; index++)
        {
            if (Edge().Match(lines[index]) is { Success: true } edge)
            {
                Of(edge.Groups[1].Value, index);
                ImmutableArray<StorePath>.Builder referrer = Of(edge.Groups[2].Value, index);
                paths.TryGetByBaseName(edge.Groups[1].Value, out StorePath? reference);
                referrer.Add(reference!);
            }
            else if (Node().Match(lines[index]) is { Success: true } node)
            {
                Of(node.Groups[1].Value, index);
            }
            else if (lines[index].Length > 0 && !lines[index].StartsWith(FirstWord, StringComparison.Ordinal) && lines[index] != "}")
            {
                throw Malformed(file, index, "it is neither a node nor an edge as nix-store --query --graph prints them");
            }

            isClosed |= lines[index] == "}";
        }

        return isClosed
            ? [.. references.Select(item => new PathInfo { Path = item.Key, References = PathInfoBuilding.Sorted(item.Value) })]
            : throw Malformed(file, lines.Length - 1, "the graph is not closed; the file is cut off");
    }

    private static StoreException Malformed(string file, int line, string what) => new($"{file}: line {line + 1}: {what}.");

    [GeneratedRegex("""^"([^"]+)" -> "([^"]+)"( \[[^\]]*\])?;?$""")]
    private static partial Regex Edge();

    [GeneratedRegex("""^"([^"]+)"( \[[^\]]*\])?;?$""")]
    private static partial Regex Node();
}
