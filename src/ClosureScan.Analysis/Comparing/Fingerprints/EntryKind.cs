namespace ClosureScan.Analysis.Comparing.Fingerprints;

/// <summary>What an entry of a tree is.</summary>
internal enum EntryKind : byte
{
    Directory,
    Symlink,
    File,
    Program,
}
