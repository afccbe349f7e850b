namespace ClosureScan.Analysis.Comparing.Classes;

/// <summary>How Nix hashes a path that names itself. There are two ways, so that a class only says something with the name of its own.</summary>
internal enum ClassAlgorithm
{
    /// <summary>
    /// <c>nar-modulo+pos</c>: the NAR with the path's own hash blanked, then the places where it was (Nix up to 2.16 and from 2.35 on;
    /// src/libstore/references.cc, HashModuloSink).
    /// </summary>
    NarModuloWithPositions,

    /// <summary><c>nar-modulo</c>: without the places (Nix 2.17 to 2.34, Lix). The same for paths that do not name themselves.</summary>
    NarModulo,
}
