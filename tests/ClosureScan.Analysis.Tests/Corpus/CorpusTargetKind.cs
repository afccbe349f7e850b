namespace ClosureScan.Analysis.Tests.Corpus;

/// <summary>What the path that a plant refers to holds.</summary>
internal enum CorpusTargetKind
{
    /// <summary>A program of its side.</summary>
    Programs,

    /// <summary>The scripts of a compiler wrapper, which refer to a compiler of its side.</summary>
    Wrapper,

    /// <summary>No binaries.</summary>
    Texts,
}
