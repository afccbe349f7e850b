using ClosureScan.Analysis.Comparing.Files;
using ClosureScan.Analysis.Graph;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing;

/// <summary>The words of both sides for store paths: two that are aligned have one, which no other path has.</summary>
internal sealed class AlignedNames
{
    public AlignedNames(ComparedSide cross, ComparedSide native, PathAlignment alignment)
    {
        // Where several paths of the native side have one name, a number tells them apart.
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        string[] natives = new string[native.Graph.NodeCount];
        for (int node = 0; node < natives.Length; node++)
        {
            natives[node] = Unique(counts, "…-" + native.Graph.Paths[node].Name);
        }

        string[] crosses = new string[cross.Graph.NodeCount];
        for (int node = 0; node < crosses.Length; node++)
        {
            int counterpart = alignment.ToAfter[node];
            crosses[node] = counterpart >= 0 ? natives[counterpart] : Unique(counts, $"{cross.Graph.Paths[node].Hash.ToString()[..8]}…-{cross.Graph.Paths[node].Name}");
        }

        Cross = Make(cross, crosses, alignment.ToAfter, native.Graph);
        Native = Make(native, natives, alignment.ToBefore, cross.Graph);
    }

    public PathTokens Cross { get; }

    public PathTokens Native { get; }

    private static PathTokens Make(ComparedSide side, string[] words, int[] counterparts, ClosureGraph other) => new(
        side.Names,
        path => words[Node(side, path)],
        path => counterparts[Node(side, path)] is >= 0 and var counterpart && other.Paths[counterpart].Name != path.Name);

    private static int Node(ComparedSide side, StorePath path) => side.Graph.TryGetNode(path, out int node) ? node : -1;

    private static string Unique(Dictionary<string, int> counts, string word)
    {
        int count = counts.GetValueOrDefault(word);
        counts[word] = count + 1;
        return count == 0 ? word : $"{word}#{count + 1}";
    }
}
