using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Rules;

/// <summary>Files of the host's paths that are built for another platform.</summary>
internal sealed class ForeignBinaryRule : Rule
{
    public override string Id => RuleIds.ForeignBinary;

    public override string Title => "A file is built for another platform.";

    public override string Explanation => "A program, library, object or archive inside a path of the host was compiled for another machine. A program fails with \"exec format error\", a library is passed over by the loader.";

    public override string Advice => "Compile it with the cross compiler (${stdenv.cc.targetPrefix}cc), or do not install it.";

    public override string Example => "lib/systemd/system-generators/zram-generator: ELF for x86_64-linux in an armv7l image";

    public override string Precision => "very-high";

    public override IEnumerable<Finding> Find(RuleContext context, CancellationToken cancellationToken)
    {
        foreach (int node in context.Region)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (context.Model.ScanOf(node) is { Platforms.IsEmpty: false } scan)
            {
                foreach (Finding finding in Find(context, node, scan))
                {
                    yield return finding;
                }
            }
        }
    }

    private IEnumerable<Finding> Find(RuleContext context, int node, PathScan scan) =>
        from tally in scan.Platforms
        where PathClassifier.IsCode(tally.Role) || tally.Role is FileRole.Kernel or FileRole.Auxiliary
        where context.Sided.Classifier.IsForeign(tally.Platform) && !context.Legitimate.Takes(node, tally)
        group tally by tally.Platform!.System into tallies
        select Describe(context, node, tallies);

    private Finding Describe(RuleContext context, int node, IGrouping<string, PlatformTally> tallies)
    {
        StorePath path = context.Graph.Paths[node];
        EffectJudge judge = EffectJudge.For(path);
        Dictionary<(string File, string? Member), FileRole> roles = [];
        List<ReferenceEvidence> evidence = [];
        foreach (PlatformTally tally in tallies.OrderBy(tally => tally.Role))
        {
            foreach (IdentifiedFile file in tally.Files)
            {
                roles[(file.File, file.Member)] = tally.Role;
                evidence.Add(Evidence(file, tallies.Key));
            }
        }

        Finding finding = context.Describe(
            this, node, tallies.Key, evidence,
            item => judge.JudgeBinaries(roles[(item.File, item.Section)] is FileRole.Program or FileRole.SharedLibrary),
            (_, _) => FixAdvisor.ForBinary(tallies.Key, context.Host!.System));
        return finding with { Platform = tallies.Key, ByteCount = tallies.Sum(tally => tally.ByteCount) };
    }

    private static ReferenceEvidence Evidence(IdentifiedFile file, string system) => new()
    {
        File = file.File,
        Offset = 0,
        NarOffset = file.NarOffset,
        Mechanism = Mechanism.Data,
        Count = 1,
        Executable = file.Executable,
        Section = file.Member,
        FileSize = file.Size,
        Context = $"{Noun(file.Identity.Role)} for {system}{(file.Identity.Requirements?.ToString() is { Length: > 0 } asked ? $" ({asked})" : "")}",
    };

    private static string Noun(FileRole role) => role switch
    {
        FileRole.Program => "a program",
        FileRole.SharedLibrary => "a shared library",
        FileRole.Archive => "an archive",
        FileRole.Kernel => "a kernel or a module",
        FileRole.Auxiliary => "code",
        _ => "an object",
    };
}
