using ClosureScan.Analysis.Policy;

namespace ClosureScan.Cli.Commands;

/// <summary>The values of <see cref="GateOptions"/> of one call.</summary>
internal sealed class GateSettings
{
    private ClosurePolicy? _policy;

    /// <summary>The policy that the call names, else the one in the working directory. Read once: it may be a pipe.</summary>
    public ClosurePolicy Policy => _policy ??= Gate.FindPolicy(PolicyFile);

    public required string[] Roots { get; init; }

    public required string? RootsFrom { get; init; }

    public required string? PolicyFile { get; init; }

    public required string? BaselineFile { get; init; }

    public required bool IsStrict { get; init; }
}
