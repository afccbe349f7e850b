namespace ClosureScan.Analysis.Explaining;

/// <summary>What a <see cref="ProposedEdit"/> takes out.</summary>
internal enum ProposedEditKind
{
    /// <summary>Whole paths, with every reference to and from them.</summary>
    DropPaths,

    /// <summary>References, wherever in the path they are.</summary>
    DropReferences,

    /// <summary>Whatever some files of a path refer to; the files stay.</summary>
    DropFiles,

    /// <summary>Some files of a path, into a new output that nobody refers to.</summary>
    SplitFiles,
}
