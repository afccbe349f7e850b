namespace ClosureScan.Cli.Explorer;

/// <summary>What the columns of the explorer are sorted by.</summary>
internal enum SortOrder
{
    /// <summary>What would leave with the path.</summary>
    Added,

    /// <summary>The path alone.</summary>
    Self,

    /// <summary>All that it reaches.</summary>
    Closure,

    /// <summary>Its name.</summary>
    Name,

    /// <summary>How many findings are about it.</summary>
    Findings,
}
