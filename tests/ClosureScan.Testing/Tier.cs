namespace ClosureScan.Testing;

/// <summary>
/// Which tests run when: a test without a tier runs after every change (<c>dotnet test --settings tests/fast.runsettings</c>, less than a minute), all
/// of them before a change is accepted (<c>dotnet test</c>). Written as <c>[Trait(Tier.Name, Tier.Real)]</c> on a class or a test;
/// <c>dotnet test --filter Tier=real</c> runs one tier.
/// </summary>
public static class Tier
{
    /// <summary>The trait's name.</summary>
    public const string Name = "Tier";

    /// <summary>Sweeps over every place, fuzzed input, huge inputs: seconds of computing.</summary>
    public const string Laws = "laws";

    /// <summary>A real Nix builds, real compilers compile, foreign binaries are read.</summary>
    public const string Real = "real";

    /// <summary>The tool as another process: its streams, signals, and what shells complete.</summary>
    public const string Processes = "processes";

    /// <summary>What lies in samples/ is run as a user runs it.</summary>
    public const string Samples = "samples";

    /// <summary>Packages, programs and documentation are made and used.</summary>
    public const string Packaging = "packaging";

    /// <summary>Servers of others are started: caches, databases, brokers.</summary>
    public const string Services = "services";

    /// <summary>Pages are opened in a browser.</summary>
    public const string Browser = "browser";
}
