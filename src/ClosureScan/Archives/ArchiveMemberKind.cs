namespace ClosureScan.Archives;

/// <summary>What a member is to its archive.</summary>
internal enum ArchiveMemberKind
{
    /// <summary>One of the files that were put in.</summary>
    File,

    /// <summary>The index of the symbols: <c>/</c>, <c>/SYM64/</c>, <c>__.SYMDEF</c>.</summary>
    Symbols,

    /// <summary>The table of the names that are too long for a header: <c>//</c>.</summary>
    Names,
}
