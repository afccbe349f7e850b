namespace ClosureScan.Nar;

/// <summary>What the grammar made of some bytes.</summary>
internal enum NarStatus
{
    /// <summary>A piece was read and the next can be tried.</summary>
    Continue,

    /// <summary>The bytes end before the next piece is complete; so far they are well-formed.</summary>
    NeedsMore,

    /// <summary>An entry, or the end of a directory or of the archive, has been reached.</summary>
    Entry,

    /// <summary>A rule is broken: see <see cref="NarGrammar.Failure"/>.</summary>
    Invalid,
}
