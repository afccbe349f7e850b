using ClosureScan.Analysis.Findings;
using ClosureScan.Evidence;
using ClosureScan.Platforms;

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
    /// <param name="evidence">Where it was left.</param>
    public static string ForBuildPath(ReferenceEvidence? evidence) => evidence?.Mechanism switch
    {
        Mechanism.ElfRunpath => "The directory is gone since the build, and whoever makes one of its name has his libraries loaded: patchelf --shrink-rpath --allowed-rpath-prefixes /nix/store, or build with -DCMAKE_SKIP_BUILD_RPATH=ON (libtool: install before fixupPhase).",
        Mechanism.ElfInterpreter => "The loader was in the build directory: patchelf --set-interpreter \"$(cat $NIX_CC/nix-support/dynamic-linker)\".",
        Mechanism.Shebang => "The interpreter was in the build directory: install it as well and patchShebangs --host, with it in PATH.",
        Mechanism.Text or Mechanism.ScriptBody or Mechanism.Sysconfig or Mechanism.ConfigScript or Mechanism.PkgConfig or Mechanism.Cmake or Mechanism.Makefile or Mechanism.Libtool =>
            "The directory is gone since the build: substituteInPlace it with $out, or leave the line out.",
        _ => "The directory is gone since the build: map it away with -ffile-prefix-map=$NIX_BUILD_TOP=. (Go: -trimpath, Rust: --remap-path-prefix), or strip the debug information.",
    };

    /// <summary>The advice for a reference from one path to another.</summary>
    /// <param name="evidence">The worst piece of evidence; null when only the store's metadata tells of the reference.</param>
    /// <param name="effect">What that evidence does on the host.</param>
    /// <param name="target">What is referred to.</param>
    public static string ForReference(ReferenceEvidence? evidence, Effect effect, FixTarget target)
    {
        string advice = evidence is null
            ? "The store registers this reference, and the bytes were not read: scan the contents to learn which file holds it."
            : ForReference(evidence, effect, target, $"remove-references-to -t {target.Expression}");
        return target.Witness is null ? advice : $"{advice} {target.Witness}";
    }

    private static string ForReference(ReferenceEvidence evidence, Effect effect, FixTarget target, string strip)
    {
        string with = target.Instead;
        if (PathDirectories.IsForReaders(evidence.File) && evidence.Mechanism != Mechanism.SymlinkTarget)
        {
            return $"Only people read this file: do not install it, move it out (moveToOutput share/doc $doc), or {strip} on it.";
        }

        return evidence.Mechanism switch
        {
            Mechanism.Shebang => ForShebang(evidence, target),
            Mechanism.ElfInterpreter => "The program was linked for the build machine: build it with ${stdenv.cc.targetPrefix}cc, or move the hook that compiles it out of nativeBuildInputs.",
            Mechanism.ElfNeeded => target.IsOfBuild
                ? $"Link against {with}: move the library from nativeBuildInputs to buildInputs."
                : "Leave the library out of the link, or link against one that may stay in the closure.",
            Mechanism.ElfRunpath => "patchelf --shrink-rpath where no library is loaded from there, or keep the directory out of LDFLAGS. "
                + (target.IsOfBuild ? $"Where one is, take it from {with}; if it lies beside programs, split it" : "Where one is, split it")
                + " into a lib output of its package.",
            Mechanism.ElfDebug => "Strip the debug information (separateDebugInfo, or strip -S), or map the path away with -ffile-prefix-map.",
            Mechanism.ElfComment => "strip -R .comment -R .GCC.command.line, or build without -frecord-gcc-switches.",
            Mechanism.ElfRodata or Mechanism.ElfData => effect == Effect.Breaks
                ? $"The path is compiled in and will be {(evidence.Usage == Usage.Loads ? "loaded" : evidence.Usage == Usage.Searches ? "searched" : "executed")}: give the build {with} through its configure option or variable (such as DIFFBIN=…), with strictDeps = true."
                : $"{strip} on this file: the text only records how it was built.",
            Mechanism.Wrapper => target.IsOfBuild
                ? $"Wrap with {with}: put it in buildInputs and refer to it by its host path; makeWrapper itself belongs in nativeBuildInputs."
                : "Leave the path out of the wrapper's arguments.",
            Mechanism.ConfigScript => $"{strip} on this file, drop the line, or move the script to the dev output if nothing at run time needs it.",
            Mechanism.PkgConfig or Mechanism.Cmake or Mechanism.Libtool or Mechanism.Makefile =>
                $"Delete the file, move it to the dev output, or {strip}: only those who build against the package read it.",
            Mechanism.Sysconfig => effect == Effect.Breaks ? ForText(evidence, target)
                : $"{strip} on this file, or delete the lines that name it: they serve only those who build extensions.",
            Mechanism.NixSupport => IsPropagation(evidence)
                ? $"Propagate from nativeBuildInputs of the users instead: {target.Package} should not be in propagatedNativeBuildInputs or propagatedBuildInputs of a runtime output. A dev output alone does not cut this when other packages propagate this one."
                : target.IsOfBuild ? $"substituteInPlace the path with {with}." : $"{strip} on this file, or leave the text out.",
            Mechanism.SymlinkTarget => target.IsOfBuild ? $"Link to {with}, or leave the link out." : "Leave the link out.",
            Mechanism.ArchiveMember => "Strip the archive's debug information (strip -S), or map the path away with -ffile-prefix-map.",
            Mechanism.Bitcode => "nuke-refs on the bitcode, or do not install it.",
            Mechanism.Bytecode => evidence.File.Contains("_sysconfig", StringComparison.Ordinal)
                ? "Mend the source beside it first, then compile it again (python -m compileall -f): byte code repeats the constants of its source."
                : "Compile the byte code again from its final place, once its source is mended, or strip the recorded file name.",
            Mechanism.EntryName => "Rename the file: its name holds the hash.",
            Mechanism.Container => $"Rebuild what is packed into this file without the path{(target.IsOfBuild ? $", or with {with}" : "")}: an edit of the packed bytes would spoil it.",
            Mechanism.Compressed => $"Rebuild the compressed data without the path{(target.IsOfBuild ? $", or with {with}" : "")}.",
            _ => ForText(evidence, target),
        };
    }

    /// <summary>
    /// Texts that something reads at run time are never scrubbed: whatever follows the path there would follow one that cannot be. What only people
    /// read, and what only a build reads, may be.
    /// </summary>
    private static string ForText(ReferenceEvidence evidence, FixTarget target)
    {
        string strip = $"remove-references-to -t {target.Expression}";
        return evidence.Usage switch
        {
            Usage.Comment => $"Drop the comment, or {strip} on this file where it names nothing else: nothing reads it at run time.",
            Usage.Builds when !target.IsOfBuild || evidence.Mechanism != Mechanism.ScriptBody => $"{strip} on this file, or leave the text out: it only records or serves a build.",
            Usage.Searches when target.IsOfBuild => $"substituteInPlace the directory with that of {target.Instead}: it is searched at run time.",
            Usage.Loads when target.IsOfBuild => $"substituteInPlace the path with {target.Instead}: it is loaded at run time.",
            _ => target.IsOfBuild ? $"substituteInPlace the path with {target.Instead}." : $"Leave the text out, or refer to what may stay in the closure; {strip} only where nothing reads it at run time.",
        };
    }

    private static string ForShebang(ReferenceEvidence evidence, FixTarget target) =>
        !target.IsOfBuild ? "Rewrite the first line to an interpreter that may stay in the closure (#!/bin/sh), or leave the script out."
        : IsWrappedPython(evidence, target) ? $"wrapPython wrote this first line after patchShebangs had run: move wrapPython (python3.pkgs.wrapPython) from nativeBuildInputs to buildInputs, so that it takes {target.Instead}."
        : evidence.Executable ? $"patchShebangs --host with {target.Instead}, in buildInputs; --update where the line names the store already."
        : $"Delete the first line, or substituteInPlace it with {target.Instead}: the file is not executable, and patchShebangs passes over such.";

    /// <summary>What wrapPython leaves beside its wrapper (Nixpkgs: pkgs/development/interpreters/python/wrap.sh).</summary>
    private static bool IsWrappedPython(ReferenceEvidence evidence, FixTarget target)
    {
        string name = evidence.File[(evidence.File.LastIndexOf('/') + 1)..];
        return name.StartsWith('.') && name.EndsWith("-wrapped", StringComparison.Ordinal) && target.Package.StartsWith("python", StringComparison.Ordinal);
    }

    private static bool IsPropagation(ReferenceEvidence evidence) => evidence.File.StartsWith("nix-support/propagated-", StringComparison.Ordinal);

    /// <summary>The advice for a reference that only files hold which are findings themselves.</summary>
    public static string ForCarrier(string platform) =>
        $"Goes away with the files that hold it: they are built for {platform}, and told as {RuleIds.ForeignBinary}.";

    /// <summary>The advice for a file that was built for the wrong machine.</summary>
    public static string ForBinary(JudgedFile file, string host) => file switch
    {
        { Role: FileRole.Kernel } => $"Built for {file.Platform}: build the kernel and its modules with ARCH and CROSS_COMPILE of {host} (kernel.makeFlags carries both), from the host's package set.",
        { File.Identity.Platform.Kernel: "uefi" } => $"Built for {file.Platform}: install the loader of {host} (stdenv.hostPlatform.efiArch names it), from the host's package set.",
        { Role: FileRole.Archive } => $"Holds members for {file.Platform}: archive the objects of {host} alone, compiled with ${{stdenv.cc.targetPrefix}}cc and archived with ${{stdenv.cc.targetPrefix}}ar.",
        _ => $"Built for {file.Platform}: compile for {host} with ${{stdenv.cc.targetPrefix}}cc (cargo: --target, Go: GOARCH and its GOARM, node-gyp: --arch, meson and CMake: the cross file), or do not install it.",
    };

    /// <summary>The advice for an interpreter that is not there.</summary>
    /// <param name="interpreter">Its path.</param>
    /// <param name="evidence">The file that starts through it.</param>
    public static string ForDanglingInterpreter(string interpreter, ReferenceEvidence? evidence) => evidence?.Mechanism switch
    {
        Mechanism.ElfInterpreter => $"Nothing is at {interpreter}: add autoPatchelfHook to nativeBuildInputs and the libraries to buildInputs, or patchelf --set-interpreter \"$(cat $NIX_CC/nix-support/dynamic-linker)\"; what is linked statically needs none.",
        _ when evidence?.File.StartsWith("bin/", StringComparison.Ordinal) == false =>
            $"Nothing is at {interpreter}: put its package in buildInputs and run patchShebangs --host on this file, or take its executable bit away if nothing starts it.",
        _ => $"Nothing is at {interpreter}: put its package in buildInputs so that patchShebangs --host finds it.",
    };
}
