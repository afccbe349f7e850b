using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Findings;

/// <summary>
/// What identifies an occurrence across rebuilds, updates and machines: no hashes, no versions, none of interpreters either, no offsets.
/// As text <c>foreign-reference curl bin/curl-config config-script gcc-wrapper</c>. Two versions of a package in one closure share it.
/// </summary>
/// <param name="Rule">The rule.</param>
/// <param name="Package">The package that holds it, with its output when that is not the first one.</param>
/// <param name="File">The file inside it, without what an update changes; <see cref="NoFile"/> when the scan did not read files.</param>
/// <param name="Mechanism">What carries it; null when the scan did not read files, and for findings about no file.</param>
/// <param name="Target">What it is about: a package, a platform, an interpreter.</param>
public sealed record OccurrenceKey(string Rule, string Package, string File, Mechanism? Mechanism, string Target)
{
    /// <summary>What stands for the file, and for the mechanism, when only metadata tells.</summary>
    public const string NoFile = "?";

    /// <summary>The five fields with single spaces between them.</summary>
    public override string ToString() => $"{Rule} {Package} {File} {Mechanism?.ToName() ?? NoFile} {Target}";
}
