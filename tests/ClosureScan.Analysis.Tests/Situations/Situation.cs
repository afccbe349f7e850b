using System.Collections.Immutable;

namespace ClosureScan.Analysis.Tests.Situations;

/// <summary>What people really built: a closure made anew, and what is to be said of it. A right closure expects nothing.</summary>
/// <param name="Name">What it is about, in a few words.</param>
/// <param name="Source">The public report it comes from, <c>NixOS/nixpkgs 81153</c>; several are apart by commas.</param>
/// <param name="Ecosystem">Whose packages it is about: <c>node</c>, <c>nixos</c>.</param>
/// <param name="Host">Where it is to run, as the report has to tell.</param>
/// <param name="Build">Makes the closure; the first path named is the root.</param>
/// <param name="Expected">What is to be told.</param>
internal sealed record Situation(string Name, string Source, string Ecosystem, string Host, Action<Scene> Build, params ImmutableArray<Expectation> Expected)
{
    /// <summary>The host that the user names; null to have it inferred.</summary>
    public string? Told { get; init; }

    /// <summary>Whether containers are looked into.</summary>
    public bool IsDeep { get; init; }

    public override string ToString() => Name;
}
