namespace ClosureScan.Cli.Commands;

/// <summary>The values of <see cref="GateOptions"/> of one call.</summary>
internal sealed record GateSettings
{
    public required string[] Roots { get; init; }

    public required string? RootsFrom { get; init; }

    public required string? PolicyFile { get; init; }

    public required string? BaselineFile { get; init; }

    public required bool IsStrict { get; init; }
}
