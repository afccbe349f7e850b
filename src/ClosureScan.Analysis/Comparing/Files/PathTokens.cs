using System.Collections.Immutable;
using System.Text;
using ClosureScan.Analysis.Comparing.Fingerprints;
using ClosureScan.Paths;
using ClosureScan.Scanning;

namespace ClosureScan.Analysis.Comparing.Files;

/// <summary>
/// Writes the contents of one side in the words of both: every store path becomes a token that the path aligned with it becomes, too.
/// Immutable; shared between threads.
/// </summary>
internal sealed class PathTokens
{
    private readonly ReferenceNames _names;
    private readonly byte[][] _tokens;
    private readonly bool[] _isRenamed;

    /// <summary>Makes the tokens of one side.</summary>
    /// <param name="names">The side's paths.</param>
    /// <param name="tokenOf">The token of each of them, for people too: <c>…-bash-5.2</c>.</param>
    /// <param name="isRenamed">Whether the aligned path has another name.</param>
    public PathTokens(ReferenceNames names, Func<StorePath, string> tokenOf, Func<StorePath, bool> isRenamed)
    {
        _names = names;
        _tokens = [.. names.Paths.Select(path => Encoding.UTF8.GetBytes(tokenOf(path)))];
        _isRenamed = [.. names.Paths.Select(isRenamed)];
    }

    /// <summary>The contents with tokens in place of store paths' base names; the array itself where there are none.</summary>
    /// <param name="contents">The contents.</param>
    /// <param name="namesDiffer">Whether a path is named in them that the other side calls by another name.</param>
    /// <param name="places">Where each hash lies in the contents and whose it is.</param>
    public byte[] Write(byte[] contents, out bool namesDiffer, out ImmutableArray<TokenPlace> places)
    {
        List<TokenPlace> found = [];
        Sink sink = new(found);
        if (contents.Length >= StorePathHash.Length)
        {
            new ReferenceScanner(_names.Set).ScanWhole(contents, ref sink);
        }

        namesDiffer = false;
        places = [.. found];
        if (found.Count == 0)
        {
            return contents;
        }

        using MemoryStream written = new(contents.Length + (16 * found.Count));
        int position = 0;
        foreach (TokenPlace place in found)
        {
            if (place.Offset < position)
            {
                continue;
            }

            int behind = place.Offset + StorePathHash.Length;
            int name = _names.NameLength(place.Target, contents.AsSpan(behind));
            written.Write(contents, position, place.Offset - position);
            written.Write(_tokens[place.Target]);
            namesDiffer |= name > 0 && _isRenamed[place.Target];
            position = behind + name;
        }

        written.Write(contents, position, contents.Length - position);
        return written.ToArray();
    }

    /// <summary>The same for a text.</summary>
    public string Write(string text) => Encoding.UTF8.GetString(Write(Encoding.UTF8.GetBytes(text), out _, out _));

    /// <summary>The path of a place.</summary>
    public StorePath PathOf(TokenPlace place) => _names.Paths[place.Target];

    private readonly struct Sink(List<TokenPlace> found) : IReferenceSink
    {
        public void OnReference(int index, long offset) => found.Add(new TokenPlace(index, (int)offset));
    }
}
