namespace ClosureScan.Cli.Shell;

/// <summary>What a policy may say. The manual page and a new policy are made from this table.</summary>
internal static class PolicyKeys
{
    /// <summary>Every key with what it means and lines that can be copied.</summary>
    public static IReadOnlyList<(string Key, string Meaning, string Example)> All { get; } =
    [
        ("baseline", "The file with the findings that are known; only new ones fail. Relative to the policy.", "baseline: closurescan.baseline"),
        ("host", "The system the closure is to run on, as Nix writes it. Without it the closure tells.", "host: armv7l-linux"),
        ("build", "The system it was built on. Without it the foreign system with most files.", "build: x86_64-linux"),
        ("fail-on", "The least effect that fails: breaks, bloats or none. What is forbidden, and budgets, fail whatever it says.", "fail-on: bloats"),
        ("rules", "How severe the findings of a rule are: error, warning, note or off. closurescan explain lists the rules.", "rules:\n  build-path: warning"),
        ("compare", "The same for the kinds of difference of closurescan compare.", "compare:\n  imports: error"),
        ("catalogue", "Kinds of foreign code that are let through as right where it is: off for one that is not to be.", "catalogue:\n  firmware: off"),
        ("allow", "Findings that are accepted: a rule, package, file or target, or several, as globs over names; a reason; expires, a last day.", "allow:\n  - rule: foreign-reference\n    package: curl\n    file: bin/curl-config\n    target: gcc-wrapper\n    reason: nothing on the device calls curl-config\n    expires: 2030-12-31"),
        ("forbid", "References that must not be: a target or preset: toolchains (compilers, linkers, build tools and dev outputs), a package that they are forbidden for, a reason.", "forbid:\n  - preset: toolchains\n    reason: nothing is built on the device\n  - target: \"*perl*\"\n    package: \"*-init*\"\n    reason: the boot path stays small"),
        ("budgets", "How large a closure may be: a root as a glob over names, max, and growth against the baseline in bytes or per cent.", "budgets:\n  - root: \"*image*\"\n    max: 600 MiB\n    growth: 5%"),
    ];
}
