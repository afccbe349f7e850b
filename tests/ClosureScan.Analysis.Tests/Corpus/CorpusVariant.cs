namespace ClosureScan.Analysis.Tests.Corpus;

/// <summary>How a row of the corpus is built: as it leaked, or as one of the two closures that only look like it.</summary>
internal enum CorpusVariant
{
    /// <summary>As it was found.</summary>
    Leaking,

    /// <summary>The same files with the planted hash scrubbed, and files of the wrong machine built for the right one.</summary>
    Scrubbed,

    /// <summary>The same files naming the host's build of the same package.</summary>
    Twin,
}
