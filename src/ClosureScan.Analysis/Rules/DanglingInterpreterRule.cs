using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Rules;

/// <summary>Scripts in program directories whose interpreter lies where NixOS has none. It has /bin/sh and /usr/bin/env.</summary>
internal sealed class DanglingInterpreterRule : Rule
{
    public override string Id => RuleIds.DanglingInterpreter;

    public override string Title => "A script starts an interpreter that NixOS does not have.";

    public override string Explanation => "Outside the store NixOS has only /bin/sh and /usr/bin/env.";

    public override string Advice => "Put the interpreter's package in buildInputs so that patchShebangs --host finds it.";

    public override string Example => "bin/backup: #!/usr/bin/perl";

    public override IEnumerable<Finding> Find(RuleContext context, CancellationToken cancellationToken) =>
        context.Host is { Kernel: "linux" or null }
            ? from node in context.Region
              let scan = context.Model.ScanOf(node)
              where scan is not null
              from files in Dangling(scan)
              select context.Describe(this, node, files.Key, files.Select(Evidence), _ => Effect.Breaks, (_, _) => FixAdvisor.ForDanglingInterpreter(files.Key))
            : [];

    private static IEnumerable<IGrouping<string, IdentifiedFile>> Dangling(PathScan scan) => scan.Platforms
        .Where(tally => tally.Role == FileRole.Script)
        .SelectMany(tally => tally.Files)
        .Where(file => file.Executable && IsProgramDirectory(file.File) && IsDangling(file.Identity.Interpreter))
        .GroupBy(file => file.Identity.Interpreter!);

    private static ReferenceEvidence Evidence(IdentifiedFile file) => new()
    {
        File = file.File,
        Offset = 0,
        NarOffset = file.NarOffset,
        Mechanism = Mechanism.Shebang,
        Count = 1,
        Executable = file.Executable,
        FileSize = file.Size,
        Line = 1,
        Column = 1,
        Context = "#!" + file.Identity.Interpreter,
    };

    private static bool IsProgramDirectory(string file) =>
        file.StartsWith("bin/", StringComparison.Ordinal) || file.StartsWith("sbin/", StringComparison.Ordinal) || file.StartsWith("libexec/", StringComparison.Ordinal);

    private static bool IsDangling(string? interpreter) =>
        interpreter is not null and not ("/bin/sh" or "/usr/bin/env")
        && (interpreter.StartsWith("/bin/", StringComparison.Ordinal)
            || interpreter.StartsWith("/usr/", StringComparison.Ordinal)
            || interpreter.StartsWith("/sbin/", StringComparison.Ordinal));
}
