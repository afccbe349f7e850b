namespace ClosureScan.Walking;

/// <summary>Walks a NAR stream.</summary>
public static class NarWalk;
