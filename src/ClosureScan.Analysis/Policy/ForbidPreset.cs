namespace ClosureScan.Analysis.Policy;

/// <summary>Packages that many policies forbid, by the names that Nixpkgs gives them.</summary>
internal enum ForbidPreset
{
    /// <summary>Compilers, linkers, build tools, and outputs for developers: <c>gcc-wrapper</c>, <c>armv7l-…-binutils</c>, <c>cmake</c>, <c>linux-headers</c>, <c>…-dev</c>.</summary>
    Toolchains,
}
