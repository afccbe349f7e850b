using System.Diagnostics.CodeAnalysis;

namespace ClosureScan.Analysis.Comparing.Classes;

/// <summary>The algorithms by their names.</summary>
internal static class ClassAlgorithms
{
    /// <summary><c>nar-modulo+pos</c> or <c>nar-modulo</c>.</summary>
    public static string ToName(this ClassAlgorithm algorithm) =>
        algorithm == ClassAlgorithm.NarModulo ? "nar-modulo" : "nar-modulo+pos";

    /// <summary>Finds an algorithm by its name.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out ClassAlgorithm algorithm)
    {
        algorithm = name == "nar-modulo" ? ClassAlgorithm.NarModulo : ClassAlgorithm.NarModuloWithPositions;
        return name == algorithm.ToName();
    }
}
