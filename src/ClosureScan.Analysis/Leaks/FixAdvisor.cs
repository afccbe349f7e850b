using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Leaks;

/// <summary>
/// Says what to change in the package, in Nixpkgs' own means. The advice follows what carries the reference; where the
/// closure already holds the host's build of the same package (the twin), it is named.
/// </summary>
internal static class FixAdvisor
{
    /// <summary>The advice for a path that the bytes name and the store did not register.</summary>
    public const string Undeclared =
        "Nix does not know of this reference: the path will be missing where the closure is copied. Refer to the package in the expression that writes the file, or remove the text.";

    /// <summary>The advice for a reference in compressed or UTF-16 data.</summary>
    public const string Hidden =
        "Nix does not look into this data, so the path may be collected or not be copied: install it uncompressed, or write the path to nix-support as well.";

    /// <summary>The advice for a store path that was scrubbed already, where a policy does not accept such.</summary>
    public const string Scrubbed =
        "The reference is cut already: the path refers to nothing. Remove the text altogether, or accept scrubbed-reference in the policy's catalogue.";

    /// <summary>The advice for a left-over build directory.</summary>
    public const string BuildPath =
        "The directory is gone since the build: map it away with -ffile-prefix-map=$NIX_BUILD_TOP=. (Go: -trimpath, Rust: --remap-path-prefix), or strip the debug information.";

    /// <summary>The advice for a reference from one path to another.</summary>
    /// <param name="evidence">The worst piece of evidence; null when only the store's metadata tells of the reference.</param>
    /// <param name="effect">What that evidence does on the host.</param>
    /// <param name="target">What is referred to.</param>
    public static string ForReference(ReferenceEvidence? evidence, LeakEffect effect, FixTarget target)
    {
        string with = target.Instead;
        string package = target.Package;
        string strip = $"remove-references-to -t {target.Expression}";
        return evidence?.Mechanism switch
        {
            null => "The store registers this reference, and the bytes were not read: scan the contents to learn which file holds it.",
            Mechanism.Shebang =>
                $"patchShebangs --host (with --update when it already names the store), with {with}, in buildInputs.",
            Mechanism.ElfInterpreter => "The program was linked for the build machine: build it with ${stdenv.cc.targetPrefix}cc, or move the hook that compiles it out of nativeBuildInputs.",
            Mechanism.ElfNeeded => $"Link against {with}: move the library from nativeBuildInputs to buildInputs.",
            Mechanism.ElfRunpath => $"patchelf --shrink-rpath, or keep the directory out of LDFLAGS: the loader skips libraries of another machine. If a library is needed from there, take it from {with}.",
            Mechanism.ElfDebug => "Strip the debug information (separateDebugInfo, or strip -S), or map the path away with -ffile-prefix-map.",
            Mechanism.ElfComment => "strip -R .comment -R .GCC.command.line, or build without -frecord-gcc-switches.",
            Mechanism.ElfRodata or Mechanism.ElfData => effect == LeakEffect.Breaks
                ? $"The path is compiled in and will be executed: give the build {with} through its configure option or variable (such as DIFFBIN=…), with strictDeps = true."
                : $"{strip} on this file: the text only records how it was built.",
            Mechanism.Wrapper => $"Wrap with {with}: put it in buildInputs and refer to it by its host path; makeWrapper itself belongs in nativeBuildInputs.",
            Mechanism.ScriptBody => $"substituteInPlace the path with {with}.",
            Mechanism.ConfigScript => $"{strip} on this file, drop the line, or move the script to the dev output if nothing at run time needs it.",
            Mechanism.PkgConfig or Mechanism.Cmake or Mechanism.Libtool or Mechanism.Makefile =>
                $"Move the file to the dev output, or {strip}: only those who build against the package read it.",
            Mechanism.Sysconfig => $"{strip} on this file, or delete the lines that name the compiler: they serve only those who build extensions.",
            Mechanism.NixSupport => $"Propagate from nativeBuildInputs of the users instead: {package} should not be in propagatedNativeBuildInputs or propagatedBuildInputs of a runtime output. A dev output alone does not cut this when other packages propagate this one.",
            Mechanism.SymlinkTarget => $"Link to {with}, or leave the link out.",
            Mechanism.ArchiveMember => "Strip the archive's debug information (strip -S), or map the path away with -ffile-prefix-map.",
            Mechanism.Bitcode => "nuke-refs on the bitcode, or do not install it.",
            Mechanism.Bytecode => "Compile the byte code from its final place, or strip the recorded file name.",
            Mechanism.EntryName => "Rename the file: its name holds the hash.",
            Mechanism.Compressed => $"Rebuild the compressed data without the path, or with {with}.",
            _ => effect == LeakEffect.Breaks
                ? $"substituteInPlace the path with {with}."
                : $"{strip} on this file, or generate it with {with}.",
        };
    }

    /// <summary>The advice for a reference that only files hold which are findings themselves.</summary>
    public static string ForCarrier(string platform) =>
        $"Goes away with the files that hold it: they are built for {platform}, and told as {LeakRule.ForeignBinary.ToName()}.";

    /// <summary>The advice for files that were built for the wrong machine.</summary>
    public static string ForBinary(string platform, string host) =>
        $"Built for {platform}: compile for {host} with ${{stdenv.cc.targetPrefix}}cc (cargo: --target, Go: GOARCH, meson and CMake: the cross file), or do not install it.";

    /// <summary>The advice for an interpreter that NixOS does not have.</summary>
    public static string ForDanglingInterpreter(string interpreter) =>
        $"NixOS has no {interpreter}: put its package in buildInputs so that patchShebangs --host finds it.";
}
