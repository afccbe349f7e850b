namespace ClosureScan.Analysis.Explaining;

/// <summary>In what the paths of one package differ, by their names.</summary>
[Flags]
internal enum TwinDifferences
{
    /// <summary>In nothing.</summary>
    None = 0,

    /// <summary>In the version: two of them are more than one system usually needs.</summary>
    Version = 1,

    /// <summary>
    /// In the platform in the name, or in having one: a build for the host beside one of the build side, or a compiler for this one and
    /// one for another.
    /// </summary>
    Platform = 2,

    /// <summary>In the output, which is how a package is split; it costs nothing extra.</summary>
    Output = 4,

    /// <summary>Two agree in all of these and are still two: built with other inputs or flags, or statically.</summary>
    Build = 8,
}
