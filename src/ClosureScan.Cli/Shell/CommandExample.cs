namespace ClosureScan.Cli.Shell;

/// <summary>A call that a user may want to copy.</summary>
/// <param name="Arguments">What follows <c>closurescan</c>, as a shell reads it.</param>
/// <param name="Meaning">What it does, one sentence.</param>
internal sealed record CommandExample(string Arguments, string Meaning)
{
    private static readonly Dictionary<string, CommandExample[]> All = new()
    {
        ["scan"] =
        [
            new("scan ./result", "Report the leaks of what was built last."),
            new("scan --store ./cache --format json -o report.json '*-system-*'", "Scan from a binary cache, and keep the report for scripts and for diff."),
            new("scan 'nixpkgs#pkgsCross.armv7l-hf-multiplatform.hello' --no-build", "Judge what Hydra built, without building it."),
            new("scan --store https://a.example --store https://b.example PATH", "Scan a closure that is spread over two caches."),
            new("scan --store https://cache.example.org --full PATH", "Read all of a closure behind a network, not only what a first look needs."),
            new("scan --store ssh://pi /run/current-system", "Scan what another machine runs."),
            new("scan --host armv7l-linux --deep ./result", "Say what the closure is to run on, and look into compressed files too."),
        ],
        ["check"] =
        [
            new("check ./result --baseline closurescan.baseline", "Fail on leaks that are not known yet."),
            new("check ./result --report sarif=out.sarif --report markdown=out.md", "Write reports for code scanning and for a comment."),
            new("check ./result --report html=closure.html", "Leave a page that anybody opens in a browser."),
            new("check --roots-from ~/.cache/nixpkgs-review/pr-1234", "Check all packages of a pull request."),
        ],
        ["baseline write"] =
        [
            new("baseline write ./result", "Write down the leaks of today in closurescan.baseline."),
        ],
        ["baseline check"] =
        [
            new("baseline check ./result --prune", "Fail on new leaks, and forget those that were mended."),
        ],
        ["policy init"] =
        [
            new("policy init ./result", "Write a policy under which the closure of today passes."),
        ],
        ["policy check"] =
        [
            new("policy check", "Read the policy of this directory, and tell what is wrong in it."),
        ],
        ["refs"] =
        [
            new("refs ./result/bin/foo", "List the store paths that a program names, and where."),
            new("refs --format json - < disk.img", "Read a disk image from standard input."),
        ],
        ["why"] =
        [
            new("why ./result '*-gcc-*'", "Show a shortest chain to each compiler, with the bytes of each edge."),
            new("why --reverse ./result '*-perl-*'", "Show everything that names perl."),
        ],
        ["size"] =
        [
            new("size ./result", "List the paths by what would go with each of them."),
            new("size closure.json", "Weigh what nix path-info --json --recursive told, without any store."),
            new("size --derivation ./result", "List what building it needs, by what would go with each."),
            new("size --twins ./result", "List the packages that are there several times."),
        ],
        ["cut"] =
        [
            new("cut ./result", "Find the fewest edits that free every leak."),
            new("cut ./result --target '*-perl-*'", "Find the fewest edits that free perl."),
        ],
        ["what-if"] =
        [
            new("what-if ./result --drop 'kbd-*->bash-*'", "See what goes when kbd no more names bash."),
            new("what-if ./result --split 'curl-*:bin/curl-config'", "See what goes when a file moves to another output."),
        ],
        ["diff"] =
        [
            new("diff ./result-before ./result", "Show what came and went, and by which reference."),
            new("diff main.json ./result", "Compare with a report that scan --format json wrote."),
        ],
        ["compare"] =
        [
            new("compare ./result-cross ./result-native", "Show what a cross build made otherwise than the native one."),
            new("compare --log-cross a.log --log-native b.log ./cross ./native", "Say which answers of configure are to blame."),
        ],
        ["explore"] =
        [
            new("explore ./result", "Walk through what was built last; ? lists the keys."),
            new("explore --depth metadata /run/current-system", "Begin at once; read the bytes of a path when the cursor comes to it."),
            new("explore ./result --before /run/current-system", "Walk, and see with d what came, changed and went."),
        ],
        ["explain"] =
        [
            new("explain foreign-reference", "Say what a rule means, what mends it, and how a policy accepts it."),
            new("explain 3 ./result", "Show the third finding in full, with the entry that accepts it."),
            new("explain imports", "Say what it means that imports differ."),
        ],
        ["cache status"] =
        [
            new("cache status", "Say where the cache is, and how much is in it."),
        ],
        ["cache clear"] =
        [
            new("cache clear", "Forget what scans found."),
        ],
        ["nar ls"] =
        [
            new("nar ls package.nar.xz", "List the entries of a compressed archive."),
        ],
        ["nar cat"] =
        [
            new("nar cat package.nar.xz bin/curl-config", "Print one file of it."),
        ],
        ["nar verify"] =
        [
            new("nar verify package.nar.xz", "Check it, and print its hash and its size."),
        ],
        ["fleet run"] =
        [
            new("fleet run --ledger sqlite:cache.db --cache ./cache", "Scan a whole binary cache; tomorrow again for what is new."),
            new("fleet run --cache s3://cache --roots builds.json", "Scan what an evaluation of Hydra built, as its builds tell."),
        ],
        ["fleet plan"] =
        [
            new("fleet plan --cache ./cache --roots jobs.jsonl --evaluation monday", "Plan what nix-eval-jobs listed; fleet work does it."),
        ],
        ["fleet work"] =
        [
            new("fleet work --ledger sqlite:cache.db --cache ./cache --until-done", "Do what was planned."),
        ],
        ["fleet status"] =
        [
            new("fleet status --ledger sqlite:cache.db", "Tell what is left."),
            new("fleet status --ledger sqlite:cache.db --format openmetrics", "Tell it to a monitoring system."),
        ],
        ["fleet query"] =
        [
            new("fleet query leaks --ledger sqlite:cache.db --target bash", "List the packages that leak the build's bash."),
            new("fleet query regressions 1234 1240 --format html -o page.html", "Compare two evaluations; the exit code is a gate's."),
            new("fleet query referrers --ledger sqlite:cache.db openssl", "List who still refers to a package."),
        ],
        ["fleet export"] =
        [
            new("fleet export --ledger sqlite:cache.db tables", "Write the tables as CSV, for DuckDB or a spreadsheet."),
        ],
        ["completion"] =
        [
            new("completion bash > closurescan.bash", "Complete commands and options in bash."),
        ],
        ["man"] =
        [
            new("man | man -l -", "Read the manual page."),
        ],
        ["help"] =
        [
            new("help policy init", "The same as closurescan policy init --help."),
        ],
    };

    /// <summary>The examples of a command; none for one that has commands below it.</summary>
    /// <param name="path">The words behind <c>closurescan</c> that name it, separated by blanks.</param>
    public static IReadOnlyList<CommandExample> Of(string path) => All.GetValueOrDefault(path, []);
}
