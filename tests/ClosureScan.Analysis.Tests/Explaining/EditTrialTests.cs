using System.Collections.Immutable;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Explaining;

public sealed class EditTrialTests
{
    private const string Arm = "armv7l-linux";
    private const string Intel = "x86_64-linux";

    private static readonly ClosureBuilder Names = new();
    private static readonly AnalysisOptions OnArm = new() { Host = Platforms.Platform.TryParse(Arm, out Platforms.Platform? arm) ? arm : null };

    // The image names gcc in two files, perl in one of them, and has a program of the build machine.
    private static ScannedClosure Image() => new ClosureBuilder()
        .Add("image", path => path.Program("bin/init", Arm).Program("bin/foreign", Intel)
            .Refers("gcc", file: "share/a").Refers("gcc", file: "share/b").Refers("perl", file: "share/b"))
        .Add("gcc", path => path.Program("bin/gcc", Intel).Refers("gmp"))
        .Add("gmp", path => path.Library("lib/gmp.so", Intel))
        .Add("perl", path => path.Program("bin/perl", Intel))
        .Build();

    private static ClosureReport Analyze(ScannedClosure closure) => ClosureAnalyzer.Analyze(closure, OnArm);

    private static ProposedEdit Files(string glob, bool split = false) => split
        ? ProposedEdit.SplitFiles(glob, [Names.PathOf("image")], GlobPattern.Parse(glob))
        : ProposedEdit.DropFiles(glob, [Names.PathOf("image")], GlobPattern.Parse(glob));

    private static ProposedEdit References(string from, string to) => ProposedEdit.DropReferences($"{from}->{to}", [Names.PathOf(from)], [Names.PathOf(to)]);

    private static string[] Freed(params ProposedEdit[] edits) => Freed(EditTrial.Run(Analyze(Image()), edits));

    private static string[] Freed(WhatIfReport report) => [.. report.Freed.Select(path => path.Path.Name).Order(StringComparer.Ordinal)];

    [Fact]
    public void Reference_goes_with_what_it_alone_holds()
    {
        WhatIfReport report = EditTrial.Run(Analyze(Image()), [References("image", "gcc")]);

        Assert.Equal(["gcc", "gmp"], Freed(report));
        Assert.Equal((4000L, 2000L, 2000L), (report.ClosureSizeBefore, report.ClosureSizeAfter, report.FreedBytes));
        Assert.Equal(["gcc"], report.FindingsGone.Select(leak => leak.To?.Name));
        Assert.Contains(report.FindingsLeft, leak => leak.To?.Name == "perl");
    }

    [Fact]
    public void Dropped_path_takes_along_what_hangs_on_it() =>
        Assert.Equal(["gcc", "gmp"], Freed(ProposedEdit.DropPaths("gcc", [Names.PathOf("gcc")])));

    [Fact]
    public void Reference_stays_while_one_file_that_holds_it_is_not_edited()
    {
        Assert.Equal(["perl"], Freed(Files("share/b")));
        Assert.Empty(Freed(Files("share/a")));
    }

    [Fact]
    public void Several_edits_of_files_end_a_reference_together() =>
        Assert.Equal(["gcc", "gmp", "perl"], Freed(Files("share/a"), Files("share/b", split: true)));

    [Fact]
    public void File_for_the_build_machine_stays_a_finding_unless_it_is_split_off()
    {
        ClosureReport leaks = Analyze(Image());
        string[] Own(ImmutableArray<Finding> found) => [.. found.Where(leak => leak.To is null).SelectMany(leak => leak.Evidence).Select(item => item.File)];

        Assert.Equal(["bin/foreign"], Own(EditTrial.Run(leaks, [Files("**")]).FindingsLeft));
        Assert.Equal(["bin/foreign"], Own(EditTrial.Run(leaks, [Files("**", split: true)]).FindingsGone));
    }

    [Fact]
    public void Reference_is_undecided_and_stays_when_not_every_file_is_known()
    {
        ScannedClosure image = Image();
        ScannedClosure bounded = image with { Paths = [.. image.Paths.Select(Forget)] };

        WhatIfReport report = EditTrial.Run(Analyze(bounded), [Files("share/*")]);

        Assert.Equal(["perl"], Freed(report));
        Assert.Equal(new UndecidedReference(Names.PathOf("image"), Names.PathOf("gcc"), KnownFiles: 1, FileCount: 2), Assert.Single(report.Undecided));
        Assert.Contains(report.FindingsLeft, leak => leak.To?.Name == "gcc");
    }

    [Fact]
    public void Edits_that_take_nothing_out_are_told()
    {
        ProposedEdit[] edits = [References("image", "gmp"), References("gcc", "gmp"), Files("bin/nothing"), Files("share/a")];

        Assert.Equal([edits[0], edits[2]], EditTrial.Run(Analyze(Image()), edits).Unmatched);
    }

    [Fact]
    public void A_file_without_a_reference_can_be_named()
    {
        WhatIfReport report = EditTrial.Run(Analyze(Image()), [Files("bin/init", split: true), Files("bin/foreign"), Files("share/a")]);

        Assert.Empty(report.Unmatched);
        Assert.Equal(["bin/init", "bin/foreign"], report.WithoutReference.Select(edit => edit.Text));
    }

    [Fact]
    public void What_leaves_is_told_with_its_size_and_what_stays_with_who_holds_it()
    {
        ClosureReport report = Analyze(new ClosureBuilder()
            .Add("image", path => path.Program("bin/init", Arm).Refers("app").Refers("gcc", file: "share/a").Refers("perl", file: "share/b"))
            .Add("app", path => path.Program("bin/app", Arm).Refers("gcc", file: "share/a"))
            .Add("gcc", path => path.Size(300).Program("bin/gcc", Intel))
            .Add("perl", path => path.Size(200).Program("bin/perl", Intel))
            .Build());

        WhatIfReport trial = EditTrial.Run(report, [References("image", "gcc"), References("image", "perl")]);

        Assert.Equal([("perl", 200L)], trial.Freed.Select(path => (path.Path.Name, path.NarSize)));
        StayingPath staying = Assert.Single(trial.Staying);
        Assert.Equal(("gcc", 300L), (staying.Path.Path.Name, staying.Path.NarSize));
        Assert.Equal(["app"], staying.Holders.Select(path => path.Name));
    }

    [Fact]
    public void Path_outside_the_closure_is_refused() =>
        Assert.Throws<ArgumentException>(() => Freed(References("image", "nowhere")));

    /// <summary>The path as a scan tells it that keeps one piece of evidence a target.</summary>
    private static ScannedPath Forget(ScannedPath path) => path with
    {
        Scan = path.Scan! with { References = [.. path.Scan.References.Select(found => found with { Evidence = [found.Evidence[0]] })] },
    };
}
