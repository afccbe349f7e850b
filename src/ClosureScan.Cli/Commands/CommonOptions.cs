using System.CommandLine;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Cli.Rendering;
using ClosureScan.Cli.Shell;
using ClosureScan.Platforms;

namespace ClosureScan.Cli.Commands;

/// <summary>The options that every command over a closure takes. One instance serves one command.</summary>
internal sealed class CommonOptions
{
    private readonly Option<string[]> _stores = new("--store")
    {
        Description = "Where the paths live; several are asked in their order. Default: auto, the local store. "
            + "A folder or file:// of a binary cache, http(s)://, s3://, daemon, ssh://, ssh-ng://, export:FILE, path-info:FILE, registration:FILE, local?root=DIR, a directory of store paths.",
        HelpName = "URI",
        DefaultValueFactory = _ => ["auto"],
    };

    private readonly Option<bool> _noCheckSignatures = new("--no-check-sigs") { Description = "Believe what a binary cache behind a network says without a signature." };

    private readonly Option<string[]> _trustedKeys = new("--trusted-key")
    {
        Description = "A public key that is trusted beside those of nix.conf.",
        HelpName = "NAME:BASE64",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _noCache = new("--no-cache")
    {
        Description = "Read everything of a store behind a network, also what an earlier scan read: neither use nor fill the cache of what scans found.",
    };

    private readonly Option<string?> _file = new("--file", "-f") { Description = "ROOT is an attribute of the expression in FILE, built by nix.", HelpName = "FILE" };

    private readonly Option<string?> _expression = new("--expr") { Description = "ROOT is an attribute of the Nix expression EXPR, or there is none, and it is EXPR itself.", HelpName = "EXPR" };

    private readonly Option<bool> _derivation = new("--derivation")
    {
        Description = "Take the derivation of each ROOT in its place: its closure is what building needs. x.drv is one itself, x.drv^out what it builds.",
    };

    private readonly Option<bool> _noBuild = new("--no-build")
    {
        Description = "Of an installable (.#x, nixpkgs#x, --file, --expr) take the outputs' names alone, and their bytes from the local store or Nix's substituters.",
    };

    private readonly Option<string?> _host = new("--host") { Description = "The system the closure is to run on, such as armv7l-linux. Default: inferred, and told.", HelpName = "SYSTEM" };

    private readonly Option<string?> _build = new("--build") { Description = "The system it was built on. Default: the foreign system with most files.", HelpName = "SYSTEM" };

    private readonly Option<string> _format = new("--format") { HelpName = "FORMAT", DefaultValueFactory = _ => "text" };

    private static readonly (string Ending, string Format)[] Endings =
    [
        (".sarif.json", "sarif"), (".json", "json"), (".sarif", "sarif"), (".md", "markdown"), (".html", "html"), (".htm", "html"), (".xml", "junit"), (".facts", "facts"),
        (".dot", "dot"), (".graphml", "graphml"), (".csv", "csv"),
    ];

    private static readonly string[] Systems =
        ["aarch64-linux", "armv5tel-linux", "armv6l-linux", "armv7l-linux", "i686-linux", "powerpc64le-linux", "riscv64-linux", "x86_64-linux", "aarch64-darwin", "x86_64-darwin"];

    private static readonly string[] Schemes =
        ["auto", "local", "daemon", "unix://", "file://", "https://", "http://", "s3://", "ssh://", "ssh-ng://", "export:", "image:", "path-info:", "registration:"];

    private readonly string[] _formats;

    private readonly Option<string?> _output = new("--output", "-o") { Description = "Write the report to FILE, in the format that its ending names (.json, .sarif, .md, .html, .xml for JUnit) where --format says none; the console shows the text.", HelpName = "FILE" };

    private readonly Option<string> _failOn = new("--fail-on") { Description = "The least effect that makes the exit code 1: breaks, bloats or none.", HelpName = "EFFECT", DefaultValueFactory = _ => "bloats" };

    private readonly Option<int> _jobs = new("--jobs", "-j") { Description = "How many paths are scanned at once. Default: the number of processors.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print nothing but errors, and what --format asks for where no -o takes it." };

    private readonly Option<string> _color = new("--color")
    {
        Description = "Colours: auto (on a terminal), always (also into less -R) or never.",
        HelpName = "WHEN",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<bool> _noColor = new("--no-color") { Description = "The same as --color never." };

    private readonly Option<int?> _width = new("--width") { Description = "The columns of the text. Default: the terminal's, in a pipe those of COLUMNS, else 80.", HelpName = "N" };

    private readonly Option<bool> _noProgress = new("--no-progress") { Description = "No progress line, also on a terminal." };

    public CommonOptions(params ReadOnlySpan<string> formats)
    {
        _formats = [.. formats];
        _format.Description = $"What to print: {string.Join(", ", formats[..^1])} or {formats[^1]}.";
        foreach (Option<string?> system in (Option<string?>[])[_host, _build])
        {
            system.CompletionSources.Add(Suggestion.Of(Systems));
        }

        _stores.CompletionSources.Add(Suggestion.Of(Schemes));
        _format.AcceptOnlyFromAmong([.. formats]);
        _color.AcceptOnlyFromAmong("auto", "always", "never");
        _failOn.AcceptOnlyFromAmong("breaks", "bloats", "none");
    }

    public void AddTo(Command command)
    {
        AddForReadingTo(command);
        foreach (Option option in (Option[])[_host, _build, _failOn])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Those of a command that looks for no leaks: without the platforms, and with a --fail-on of its own.</summary>
    public void AddForReadingTo(Command command)
    {
        foreach (Option option in (Option[])[_stores, _noCheckSignatures, _trustedKeys, _noCache, _file, _expression, _noBuild, _derivation, _format, _output, _jobs, _quiet, _color, _noColor, _width, _noProgress])
        {
            command.Options.Add(option);
        }
    }

    public CommonSettings Read(ParseResult result)
    {
        int jobs = result.GetValue(_jobs);
        if (jobs is < 1 or > 1024)
        {
            throw CommandException.Usage($"--jobs {jobs}: expected a number from 1 to 1024.");
        }

        return new CommonSettings
        {
            Stores = result.GetValue(_stores)!,
            StoreOptions = new() { ChecksSignatures = !result.GetValue(_noCheckSignatures), TrustedKeys = [.. result.GetValue(_trustedKeys)!] },
            AreStoresGiven = result.GetResult(_stores) is { Implicit: false },
            UsesCache = !result.GetValue(_noCache),
            File = result.GetValue(_file),
            Expression = result.GetValue(_expression),
            Derivations = result.GetValue(_derivation),
            Builds = !result.GetValue(_noBuild),
            Host = ReadPlatform("--host", result.GetValue(_host)),
            Build = ReadPlatform("--build", result.GetValue(_build)),
            Format = result.GetResult(_format) is { Implicit: false } ? result.GetValue(_format)! : FormatOf(result.GetValue(_output)) ?? "text",
            OutputFile = result.GetValue(_output),
            FailOn = result.GetValue(_failOn) switch
            {
                "breaks" => Effect.Breaks,
                "bloats" => Effect.Bloats,
                _ => null,
            },
            IsFailOnGiven = result.GetResult(_failOn) is { Implicit: false },
            Jobs = jobs,
            Quiet = result.GetValue(_quiet),
            Color = result.GetValue(_noColor) ? ColorMode.Never : Enum.Parse<ColorMode>(result.GetValue(_color)!, ignoreCase: true),
            Width = result.GetValue(_width) switch
            {
                null => null,
                >= Terminal.LeastWidth and <= Terminal.MostWidth and var width => width,
                var width => throw CommandException.Usage($"--width {width}: expected a number from {Terminal.LeastWidth} to {Terminal.MostWidth}."),
            },
            NoProgress = result.GetValue(_noProgress),
        };
    }

    /// <summary>The format that a file's ending names, where the command has it.</summary>
    private string? FormatOf(string? file) => file is null ? null
        : Endings.FirstOrDefault(ending => file.EndsWith(ending.Ending, StringComparison.OrdinalIgnoreCase) && _formats.Contains(ending.Format)).Format;

    private static Platform? ReadPlatform(string option, string? text)
    {
        if (text is null)
        {
            return null;
        }

        return Platform.TryParse(text, out Platform? platform)
            ? platform
            : throw CommandException.Usage($"{option} {text}: no system that is known. Write it as Nix does, armv7l-linux or aarch64-linux, or as a triple, armv7l-unknown-linux-gnueabihf.");
    }
}
