using ClosureScan.Evidence;

namespace ClosureScan.Testing;

/// <summary>A reference from the host side to the build side that a fixture is known to hold. Paths are given by name, without the hash.</summary>
/// <param name="From">The path of the host side whose bytes hold the reference.</param>
/// <param name="To">The path of the build side.</param>
/// <param name="File">The file of <paramref name="From"/> that holds it.</param>
/// <param name="Mechanism">What in the file carries it.</param>
public sealed record ExpectedLeak(string From, string To, string File, Mechanism Mechanism);
