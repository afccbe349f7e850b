using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Rules;

/// <summary>
/// Programs and scripts of the host that start through an interpreter that is not there: outside the store, where NixOS has /bin/sh and /usr/bin/env
/// alone, or in a store path that the closure lacks. A tree that brings its own /usr is a system of its own, and a closure in which nothing starts
/// through the store is none of Nix's; both are left alone.
/// </summary>
internal sealed class DanglingInterpreterRule : Rule
{
    public override string Id => RuleIds.DanglingInterpreter;

    public override string Title => "A program or script starts an interpreter that is not there.";

    public override string Explanation => "Outside the store NixOS has only /bin/sh and /usr/bin/env, and no loader for ELF programs; in the store there is what the closure has.";

    public override string Advice => "A script: put the interpreter's package in buildInputs so that patchShebangs --host finds it. A program: autoPatchelfHook, or patchelf --set-interpreter.";

    public override string Example => "bin/backup: #!/usr/bin/perl; bin/vendor-tool: /lib/ld-linux-aarch64.so.1";

    public override IEnumerable<Finding> Find(RuleContext context, CancellationToken cancellationToken)
    {
        if (context.Host is not { Kernel: "linux" or null })
        {
            return [];
        }

        string store = context.Model.Closure.StoreDirectory + "/";
        bool isOfNix = context.Model.Closure.Paths.Any(path => Executables(path.Scan).Any(file => file.Identity.Interpreter!.StartsWith(store, StringComparison.Ordinal)));
        return from node in context.Region
               let scan = context.Model.ScanOf(node)
               where scan is not null && !HasOwnSystem(scan)
               from files in Dangling(context, node, scan, store, isOfNix)
               select context.Describe(this, node, TargetOf(files.Key, store), files.Select(Evidence), item => EffectOf(item), (item, _) => FixAdvisor.ForDanglingInterpreter(files.Key, item));
    }

    private static Effect EffectOf(ReferenceEvidence item) => PathDirectories.IsForReaders(item.File) ? Effect.Bloats : Effect.Breaks;

    private static IEnumerable<IGrouping<string, IdentifiedFile>> Dangling(RuleContext context, int node, PathScan scan, string store, bool isOfNix)
    {
        HashSet<string> foreign = [.. context.Sided.Code[node].Files.Select(file => file.File.File)];
        return Executables(scan)
            .Where(file => !PathDirectories.IsForReaders(file.File) && !foreign.Contains(file.File) && !IsVariant(file))
            .Where(file => file.Identity.Interpreter!.StartsWith(store, StringComparison.Ordinal)
                ? IsMissing(context, scan, file.Identity.Interpreter!, store)
                : IsOutside(file) && (isOfNix || (file.Identity.Role == FileRole.Script && PathDirectories.IsProgramDirectory(file.File))))
            .GroupBy(file => file.Identity.Interpreter!);
    }

    private static IEnumerable<IdentifiedFile> Executables(PathScan? scan) =>
        from tally in scan?.Platforms ?? []
        where tally is { Role: FileRole.Script } or { Role: FileRole.Program, Domain: FileDomain.System }
        from file in tally.Files
        where file.Identity.Interpreter is not null && file.Member is null && (file.Executable || tally.Role == FileRole.Program)
        select file;

    /// <summary>One of several platforms' builds, as its publisher made it.</summary>
    private static bool IsVariant(IdentifiedFile file) => file.Identity.Role == FileRole.Program && PathPlatform.Find(file.File) is not null && !PathDirectories.IsProgramDirectory(file.File);

    /// <summary>Whether the interpreter is one of a system with /usr, which NixOS is not.</summary>
    private static bool IsOutside(IdentifiedFile file)
    {
        string interpreter = file.Identity.Interpreter!;
        return interpreter.StartsWith('/') && interpreter is not ("/bin/sh" or "/usr/bin/env")
            && (file.Identity.Role == FileRole.Program
                || interpreter.StartsWith("/bin/", StringComparison.Ordinal) || interpreter.StartsWith("/usr/", StringComparison.Ordinal)
                || interpreter.StartsWith("/sbin/", StringComparison.Ordinal) || interpreter.StartsWith("/opt/", StringComparison.Ordinal));
    }

    /// <summary>Whether the closure lacks the interpreter's path, and nothing told so yet: a deep scan does, of every path that a file names.</summary>
    private static bool IsMissing(RuleContext context, PathScan scan, string interpreter, string store)
    {
        string rest = interpreter[store.Length..];
        int end = rest.IndexOf('/', StringComparison.Ordinal);
        return StorePath.TryParseBaseName(store[..^1], end < 0 ? rest : rest[..end], out StorePath? path) && context.NodeOf(path.Hash) is null
            && !scan.Undeclared.Any(found => found.Target == path.Hash);
    }

    /// <summary>Whether the path has a /usr with programs: then it is a root file system, and its interpreters lie in it.</summary>
    private static bool HasOwnSystem(PathScan scan) =>
        scan.Platforms.Any(tally => tally.Role == FileRole.Program && tally.Files.Any(file => file.File.StartsWith("usr/bin/", StringComparison.Ordinal)));

    /// <summary>The interpreter as keys call it: without the hash.</summary>
    private static string TargetOf(string interpreter, string store) =>
        interpreter.StartsWith(store, StringComparison.Ordinal) && interpreter.Length > store.Length + StorePathHash.Length ? interpreter[(store.Length + StorePathHash.Length + 1)..] : interpreter;

    private static ReferenceEvidence Evidence(IdentifiedFile file)
    {
        bool isScript = file.Identity.Role == FileRole.Script;
        return new()
        {
            File = file.File,
            Offset = 0,
            NarOffset = file.NarOffset,
            Mechanism = isScript ? Mechanism.Shebang : Mechanism.ElfInterpreter,
            Usage = Usage.Executes,
            Count = 1,
            Executable = file.Executable,
            FileSize = file.Size,
            Line = isScript ? 1 : null,
            Column = isScript ? 1 : null,
            Context = (isScript ? "#!" : "") + file.Identity.Interpreter,
        };
    }
}
