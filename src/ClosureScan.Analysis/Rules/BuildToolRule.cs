using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Rules;

/// <summary>
/// What builds software, and outputs for developers, in a native closure that is to run. Nothing there is foreign, and half of all reports of bloat are about it.
/// What an environment links into its bin was asked for, and a root that is itself for building needs its tools.
/// </summary>
internal sealed class BuildToolRule : Rule
{
    public override string Id => RuleIds.BuildTool;

    public override string Title => "A closure that is to run holds a tool of builds, or an output for developers.";

    public override string Explanation => "Compilers, linkers, build systems, headers and the dev and doc outputs serve builds. In a closure that only runs they take room and widen what can be attacked.";

    public override string Advice => "Remove the text that names it where it only records the build (removeReferencesTo), or refer to the output that is needed at run time; disallowedReferences keeps it out.";

    public override string Example => "lib/libfoo.so: configured with /nix/store/…-gcc-wrapper-13.2.0/bin/gcc";

    public override Severity Severity => Severity.Note;

    public override string Precision => "medium";

    public override IEnumerable<Finding> Find(RuleContext context, CancellationToken cancellationToken)
    {
        // In a cross-built closure a tool of builds is foreign, or was meant to be there.
        if (context.Host is null || context.Sided.Sides.Contains(PathSide.Foreign) || context.Region.Any(node => StorePathName.Parse(context.Graph.Paths[node].Name).HostTriple is not null))
        {
            yield break;
        }

        foreach (int node in context.Region)
        {
            StorePathName name = StorePathName.Parse(context.Graph.Paths[node].Name);
            if (BuildTools.Has(name) || IsEnvironment(name))
            {
                continue;
            }

            foreach (int successor in context.Graph.Successors(node).ToArray())
            {
                StorePath target = context.Graph.Paths[successor];
                if (BuildTools.Has(StorePathName.Parse(target.Name)) && !IsAskedFor(context.Model.FindReference(node, successor)))
                {
                    FixTarget fix = new(target, null, IsOfBuild: false);
                    yield return context.Describe(
                        this, node, target, context.Model.FindReference(node, successor)?.Evidence ?? [], _ => Effect.Bloats,
                        (item, effect) => FixAdvisor.ForReference(item, effect, fix));
                }
            }
        }
    }

    /// <summary>Whether the path is a shell or an environment to build in.</summary>
    private static bool IsEnvironment(StorePathName name) =>
        name.PackageName.Contains("devshell", StringComparison.Ordinal) || name.PackageName.Contains("nix-shell", StringComparison.Ordinal) || name.PackageName.Contains("dev-env", StringComparison.Ordinal);

    /// <summary>Whether an environment links the tool for people to use.</summary>
    private static bool IsAskedFor(FoundReference? reference) =>
        reference?.Evidence.Any(item => item.Mechanism == Mechanism.SymlinkTarget) == true;
}
