namespace ClosureScan.Platforms;

/// <summary>
/// What the name of a store path says by the rules of Nixpkgs' make-derivation.nix: a cross-built package carries its host's
/// configuration behind its name (<c>curl-armv7l-unknown-linux-gnueabihf-8.9.1-dev</c>; in older closures at the very end),
/// a cross tool its target's before it (<c>armv7l-unknown-linux-gnueabihf-gcc-wrapper-13.2.0</c>).
/// </summary>
/// <remarks>
/// A name is a hint. Without a suffix a package may be of either side: fixed outputs, texts and everything built without a
/// compiler carry none. With one it may be a native build for another CPU of the same configuration.
/// </remarks>
internal sealed record StorePathName
{
    /// <summary>
    /// The package's name without platforms, the mark of static builds, version and output: <c>curl</c>, <c>gcc-wrapper</c>,
    /// <c>perl5.38.2-XML-Parser</c>. Two builds of one package for two platforms agree in it.
    /// </summary>
    public required string PackageName { get; init; }

    /// <summary>The version, from the first dash that no letter follows (Nix: builtins.parseDrvName); null without one.</summary>
    public string? Version { get; init; }

    /// <summary>The output when the name ends in a usual one's, <c>dev</c>, <c>lib</c>, <c>doc</c>; null for the first output, and for unusual ones.</summary>
    public string? Output { get; init; }

    /// <summary>The configuration in the name behind the package's; null proves nothing.</summary>
    public string? HostTriple { get; init; }

    /// <summary>The configuration before the package's name: it is a tool that makes or reads code for that platform.</summary>
    public string? TargetTriple { get; init; }

    /// <summary>Whether the package was built statically (pkgsStatic).</summary>
    public bool IsStatic { get; init; }

    /// <summary>
    /// The platform that the path's binaries are for, by its name: <see cref="HostTriple"/>, and of a cross GCC the outputs
    /// <c>lib</c> and <c>libgcc</c>, which hold the target's libraries. Null when the name does not tell.
    /// </summary>
    public Platform? Host { get; init; }

    /// <summary>The platform of <see cref="TargetTriple"/>.</summary>
    public Platform? Target { get; init; }

    /// <summary>Takes a name apart, the part of a store path behind the hash and its dash. Any text has a reading.</summary>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    public static StorePathName Parse(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return StorePathNameParser.Parse(name);
    }
}
