using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Tests.Corpus;

/// <summary>That what is advised for each leak of the corpus is what mended it, or at least nothing that could not.</summary>
public sealed class CorpusAdviceTests
{
    /// <summary>What mended a leak, in a word of its advice. Rows that differ from one another only in the package are told by their mechanism below.</summary>
    public static TheoryData<string, string, string> Means => new()
    {
        { "L01", "bin/hello-cpp", "lib output" },
        { "L02", "lib/libgcc_s.so.1", "Strip the debug information" },
        { "L03", "bin/sotruss", "patchShebangs --host" },
        { "L05", "lib/Scrt1.o", "Strip the debug information" },
        { "L07", "share/nix/corepkgs/config.nix", "substituteInPlace" },
        { "L10", "libexec/git-core/git-submodule", "--update" },
        { "L17", "lib/perl5/5.28.1/armv7l-linux/CORE/config.h", "the store path of perl-5.28.1.tar.gz" },
        { "L19", "lib/libruby-3.1.so.3.1.2", "remove-references-to -t ${stdenv.cc}" },
        { "L19", "lib/ruby/3.1.0/armv7l-linux/rbconfig.rb", "delete the lines" },
        { "L20", "lib/ruby/gems/3.3.0/gems/debug-1.9.1/ext/debug/exts.mk", "Delete the file" },
        { "L23", "nix-support/propagated-native-build-inputs", "nativeBuildInputs of the users" },
        { "L28", "lib/bitcode/postgres/access/heap.bc", "nuke-refs" },
        { "L29", "lib/libavutil.so.57", "remove-references-to -t ${stdenv.cc}" },
        { "L30", "bin/unbound", "remove-references-to -t ${openssl.dev}" },
        { "L32", "lib/libgcr-base-3.so.1", "configure option" },
        { "L35", "bin/snapper", "DIFFBIN=" },
        { "L36", "lib/GraphicsMagick-1.3.42/config/delegates.mgk", "substituteInPlace the path with the host's coreutils" },
        { "L38", "share/iotas/iotas/const.py", "Delete the first line" },
        { "L42", "nix-support/utils.bash", "substituteInPlace" },
        { "L44", "bin/egrep", "#!/bin/sh" },
        { "L50", "lib/systemd/system-generators/zram-generator", "cargo: --target" },
        { "L59", "libexec/docker/docker-containerd", "remove-references-to -t ${go}" },
        { "L60", "lib/libexiv2.so.28", "remove-references-to -t ${stdenv.cc.cc}" },
        { "L61", "bin/h5cc", "remove-references-to" },
        { "L64", "nix-support/propagated-native-build-inputs", "should not be in propagatedNativeBuildInputs" },
        { "L65", "lib/libpcrecpp.so.0", "lib output" },
    };

    public static TheoryData<string> Ids => CorpusTests.Ids;

    [Theory]
    [MemberData(nameof(Means))]
    public async Task What_mended_the_leak_is_advised(string id, string file, string means)
    {
        CorpusJudgement judgement = await CorpusJudgement.Make(CorpusTests.Rows.Single(row => row.Id == id), CorpusVariant.Leaking);
        Finding[] leaks = [.. judgement.Findings.Where(leak => leak.Evidence.Any(evidence => evidence.File == file))];
        Assert.Contains(leaks, leak => leak.Occurrences.Any(occurrence => occurrence.Fix.Contains(means, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Nothing_is_advised_that_cannot_mend_the_leak(string id)
    {
        CorpusRow row = CorpusTests.Rows.Single(row => row.Id == id);
        foreach (Finding leak in (await CorpusJudgement.Make(row, CorpusVariant.Leaking)).Findings)
        {
            ReferenceEvidence worst = leak.Evidence.First();

            // patchShebangs reads the first line of executable scripts and nothing else; and it has nothing to put in the place of what a policy forbids.
            Assert.True(
                !leak.Fix.Contains("patchShebangs --host", StringComparison.Ordinal)
                || (worst.Mechanism == Mechanism.Shebang && worst.Executable && leak.Rule != RuleIds.ForbiddenReference),
                leak.Fix);

            // What is to be executed must be replaced: a scrubbed path fails as surely as a foreign one.
            Assert.True(leak.Effect != Effect.Breaks || !leak.Fix.Contains("remove-references-to", StringComparison.Ordinal), leak.Fix);

            // The dev output of a package is propagated with it (chain C3).
            Assert.True(
                worst.Mechanism != Mechanism.NixSupport || !leak.Fix.Contains("dev output", StringComparison.Ordinal)
                || leak.Fix.Contains("A dev output alone does not cut this", StringComparison.Ordinal),
                leak.Fix);

            // There is no better build of what is not to be there at all.
            Assert.True(leak.Rule != RuleIds.ForbiddenReference || !leak.Fix.Contains("the host's", StringComparison.Ordinal), leak.Fix);

            // A native build has no build platform.
            Assert.True(!row.IsNative || !leak.Fix.Contains("buildPackages", StringComparison.Ordinal), leak.Fix);
        }
    }
}
