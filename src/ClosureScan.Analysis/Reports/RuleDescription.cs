using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Reports;

/// <summary>What a rule is about, for the reports that carry their rules with them.</summary>
/// <param name="Short">One sentence.</param>
/// <param name="Full">Why it matters.</param>
/// <param name="Help">How it is mended, in general.</param>
/// <param name="Precision">How sure a finding is, in GitHub's words: <c>very-high</c>, <c>high</c>, <c>medium</c>, <c>low</c>.</param>
/// <param name="Severity">In GitHub's words: <c>error</c>, <c>warning</c>, <c>recommendation</c>.</param>
internal sealed record RuleDescription(string Short, string Full, string Help, string Precision, string Severity)
{
    public static RuleDescription Of(LeakRule rule) => rule switch
    {
        LeakRule.ForeignBinary => new(
            "A file is built for another platform.",
            "A program, library, object or archive inside a path of the host was compiled for another machine. A program fails with \"exec format error\", a library is passed over by the loader.",
            "Compile it with the cross compiler (${stdenv.cc.targetPrefix}cc), or do not install it.",
            "very-high", "error"),
        LeakRule.ForeignInterpreter => new(
            "The interpreter of a script or program lies on the build side.",
            "A shebang or the program interpreter of an ELF file names a path that was built for the build machine. The host cannot run it.",
            "A script: put the host's interpreter in buildInputs and patch with patchShebangs --host. A program: compile it with the cross compiler (${stdenv.cc.targetPrefix}cc).",
            "very-high", "error"),
        LeakRule.ForeignReference => new(
            "A path of the host refers to the build side.",
            "The bytes of a file hold the hash of a path that was built for the build machine. Nix keeps that path, and all it refers to, in the closure.",
            "Name the host's path instead where the path is used, and remove the text (removeReferencesTo) where it only records the build; each finding says which. Moving the file to another output cuts nothing that other packages propagate.",
            "high", "warning"),
        LeakRule.UndeclaredReference => new(
            "A file names a store path that the store did not register.",
            "The named path is not kept by the closure: it can be missing on the host.",
            "Refer to the package in the expression that writes the file, or remove the text.",
            "medium", "warning"),
        LeakRule.DanglingInterpreter => new(
            "A script starts an interpreter that NixOS does not have.",
            "Outside the store NixOS has only /bin/sh and /usr/bin/env.",
            "Put the interpreter's package in buildInputs so that patchShebangs --host finds it.",
            "high", "error"),
        LeakRule.HiddenReference => new(
            "A store path stands in data that Nix does not search.",
            "Nix finds references as plain text. In compressed or UTF-16 data it sees none, so the named path can be collected as garbage while it is in use.",
            "Install the data uncompressed, write the path to nix-support as well, or leave the path out.",
            "medium", "warning"),
        LeakRule.BuildPath => new(
            "A directory of the build was left in a file.",
            "The directory is gone when the build ends, and its name makes builds differ.",
            "Map it away with -ffile-prefix-map (Go: -trimpath, Rust: --remap-path-prefix), or strip the debug information.",
            "medium", "recommendation"),
        LeakRule.ForbiddenReference => new(
            "A reference that the policy forbids.",
            "The policy of this project lists packages that its closures must not refer to.",
            "Remove the reference, or change the policy.",
            "very-high", "error"),
        _ => new(
            "A closure is larger than its budget.",
            "The policy of this project limits the size of this root's closure, or its growth since the baseline.",
            "See what was added with closurescan diff and what is largest with closurescan size.",
            "very-high", "warning"),
    };
}
