namespace ClosureScan.Fleet.Queries;

/// <summary>What a query is asked for.</summary>
internal sealed record QueryArguments
{
    /// <summary>The evaluation; null for the latest.</summary>
    public string? Evaluation { get; init; }

    /// <summary>The evaluation that is compared with the one above.</summary>
    public string? Before { get; init; }

    /// <summary>A glob of what is referred to.</summary>
    public string Target { get; init; } = "*";

    /// <summary>A glob of what refers.</summary>
    public string Package { get; init; } = "*";

    /// <summary>A glob of base names of store paths, or of packages.</summary>
    public string Path { get; init; } = "*";

    /// <summary>The most rows.</summary>
    public long Limit { get; init; } = long.MaxValue;
}
