namespace ClosureScan.Fleet.Queries;

/// <summary>What the values of a column are.</summary>
internal enum ColumnKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A number.</summary>
    Count,

    /// <summary>A number of bytes.</summary>
    Bytes,

    /// <summary>The hash of a NAR.</summary>
    Hash,
}
