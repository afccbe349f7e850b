namespace ClosureScan.Cli.Rendering;

/// <summary>What the findings of a report are put together by.</summary>
internal enum FindingGrouping
{
    /// <summary>The tree that they hold.</summary>
    Tree,

    /// <summary>The package that holds it.</summary>
    Package,

    /// <summary>The rule.</summary>
    Rule,

    /// <summary>Nothing: one list.</summary>
    None,
}
