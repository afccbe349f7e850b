using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
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
            foreach (IGrouping<string, JudgedFile> files in context.Legitimate.Wrong(node).GroupBy(file => file.Platform))
            {
                yield return Describe(context, node, files);
            }
        }
    }

    private Finding Describe(RuleContext context, int node, IGrouping<string, JudgedFile> files)
    {
        EffectJudge judge = context.JudgeOf(node);
        Dictionary<ReferenceEvidence, JudgedFile> judged = new(ReferenceEqualityComparer.Instance);
        foreach (JudgedFile file in files.OrderBy(file => file.Role))
        {
            judged.Add(Evidence(file), file);
        }

        Finding finding = context.Describe(
            this, node, files.Key, judged.Keys, item => judge.JudgeBinary(judged[item]), (item, _) => FixAdvisor.ForBinary(judged[item!], context.Host!.System));
        return finding with { Platform = files.Key, ByteCount = files.Sum(file => file.File.Size) };
    }

    private static ReferenceEvidence Evidence(JudgedFile judged) => new()
    {
        File = judged.File.File,
        Offset = 0,
        NarOffset = judged.File.NarOffset,
        Mechanism = Mechanism.Data,
        Count = 1,
        Executable = judged.File.Executable,
        Section = judged.File.Member,
        FileSize = judged.File.Size,
        Context = $"{Noun(judged.Role)} for {judged.Platform}{Remark(judged)}",
    };

    /// <summary>What else the file or its place says of its platform.</summary>
    private static string Remark(JudgedFile judged) =>
        judged.Note is { } note ? $": {note}"
        : PathPlatform.Find(PathDirectories.PlaceOf(judged.File)) is { } words && judged.File.Identity.Platform is { } platform && !words.Agrees(platform) ? $", in a place for {words}"
        : judged.File.Identity.Requirements?.ToString() is { Length: > 0 } asked ? $" ({asked})" : "";

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
