namespace ClosureScan.Platforms;

/// <summary>Whether a machine runs a program.</summary>
internal enum Compatibility
{
    /// <summary>It cannot be told from what is known.</summary>
    Unknown,

    /// <summary>It runs natively.</summary>
    Yes,

    /// <summary>It does not: exec format error.</summary>
    No,
}
