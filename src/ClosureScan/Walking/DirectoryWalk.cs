namespace ClosureScan.Walking;

/// <summary>Walks a directory.</summary>
public static class DirectoryWalk;
