using System.Collections.Immutable;

namespace ClosureScan.Analysis.Comparing.Files;

/// <summary>The contents of a file of one side, as they are and in the words of both sides.</summary>
internal sealed class SidedContents
{
    private readonly PathTokens _tokens;

    public SidedContents(byte[] bytes, PathTokens tokens)
    {
        _tokens = tokens;
        Bytes = bytes;
        Common = tokens.Write(bytes, out bool namesDiffer, out ImmutableArray<TokenPlace> places);
        NamesDiffer = namesDiffer;
        Places = places;
    }

    /// <summary>The bytes.</summary>
    public byte[] Bytes { get; }

    /// <summary>The bytes with tokens in place of store paths.</summary>
    public byte[] Common { get; }

    /// <summary>Whether a path is named that the other side calls by another name.</summary>
    public bool NamesDiffer { get; }

    /// <summary>Where the hashes lie in <see cref="Bytes"/>.</summary>
    public ImmutableArray<TokenPlace> Places { get; }

    /// <summary>A text of this side in the words of both.</summary>
    public string Word(string text) => _tokens.Write(text);

    /// <summary>Whose hash lies at a place.</summary>
    public Paths.StorePath PathOf(TokenPlace place) => _tokens.PathOf(place);

    /// <summary>Other contents of the same side.</summary>
    public SidedContents With(byte[] bytes) => new(bytes, _tokens);
}
