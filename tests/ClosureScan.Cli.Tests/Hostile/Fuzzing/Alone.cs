namespace ClosureScan.Cli.Tests.Hostile.Fuzzing;

/// <summary>Tests of which none runs beside another one.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
