namespace ClosureScan.Analysis.Comparing;

/// <summary>How equal two paths, or two files, are; the best first, so that the greater value is the worse.</summary>
public enum ComparisonLevel
{
    /// <summary>L0: the same bytes, the same NAR hash.</summary>
    Identical,

    /// <summary>L1: the same bytes once aligned store paths are one: their hashes, and, told apart as the mask <c>names</c>, their names.</summary>
    SameModuloPaths,

    /// <summary>L2: L1 once named volatile fields are blanked: a build id, a time in an archive's header.</summary>
    SameModuloVolatile,

    /// <summary>L3: the same structure, moved: strings of other lengths, other addresses, other alignment, no other code.</summary>
    SameStructure,

    /// <summary>L4: differs in what a package records of its build and nothing at run time uses: libtool's build triple.</summary>
    BuildFactsDiffer,

    /// <summary>D: differs.</summary>
    Different,
}
