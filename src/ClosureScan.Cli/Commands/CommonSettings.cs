using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Cli.Rendering;
using ClosureScan.Platforms;
using ClosureScan.Stores;

namespace ClosureScan.Cli.Commands;

/// <summary>The values of <see cref="CommonOptions"/> of one call.</summary>
internal sealed record CommonSettings
{
    /// <summary>The stores' URIs, asked in this order.</summary>
    public required IReadOnlyList<string> Stores { get; init; }

    /// <summary>Whether the call names them.</summary>
    public required bool AreStoresGiven { get; init; }

    public required StoreOptions StoreOptions { get; init; }

    /// <summary>Whether what scans found is taken from, and put into, the user's cache.</summary>
    public required bool UsesCache { get; init; }

    /// <summary>The file of Nix whose attributes the roots are; null where they are none.</summary>
    public required string? File { get; init; }

    /// <summary>The expression of Nix whose attributes the roots are; null where they are none.</summary>
    public required string? Expression { get; init; }

    /// <summary>Whether the roots' derivations stand for them.</summary>
    public required bool Derivations { get; init; }

    /// <summary>Whether installables are built.</summary>
    public required bool Builds { get; init; }

    public required Platform? Host { get; init; }

    public required Platform? Build { get; init; }

    public required string Format { get; init; }

    public required string? OutputFile { get; init; }

    /// <summary>The least effect that fails the call; null when findings never do.</summary>
    public required Effect? FailOn { get; init; }

    /// <summary>Whether the call says so; otherwise a policy may.</summary>
    public required bool IsFailOnGiven { get; init; }

    public required int Jobs { get; init; }

    public required bool Quiet { get; init; }

    public required ColorMode Color { get; init; }

    /// <summary>The columns of the text; null for what the terminal has.</summary>
    public required int? Width { get; init; }

    public required bool NoProgress { get; init; }

    public AnalysisOptions AnalysisOptions => new() { Host = Host, Build = Build };
}
