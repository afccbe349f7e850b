using System.CommandLine;
using System.Text;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Input;
using ClosureScan.Paths;
using ClosureScan.Stores.Installables;

namespace ClosureScan.Cli.Commands;

/// <summary>The options that say where the build logs of compared packages are. One instance serves one command.</summary>
internal sealed class LogOptions
{
    private const long MaxLength = 256L << 20;

    private readonly Option<string[]> _cross = Make("--log-cross", "CROSS");
    private readonly Option<string[]> _native = Make("--log-native", "NATIVE");

    private readonly Option<bool> _nix = new("--nix-log")
    {
        Description = "Ask nix log for the logs of packages that differ and that no option names: from this machine, or from a substituter that keeps them.",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_nix);
        command.Options.Add(_cross);
        command.Options.Add(_native);
    }

    /// <summary>Reads the logs that the call names.</summary>
    public ComparisonOptions Read(ParseResult result, ComparedClosure cross, ComparedClosure native, CancellationToken cancellationToken)
    {
        Func<StorePath, string?>? others = result.GetValue(_nix) ? path => NixLog.FindAsync(path, cancellationToken: cancellationToken).GetAwaiter().GetResult() : null;
        return new ComparisonOptions { CrossLog = Read(result.GetValue(_cross)!, cross, others), NativeLog = Read(result.GetValue(_native)!, native, others) };
    }

    /// <summary>Whether the call names a log, or a way to one.</summary>
    public bool AreGiven(ParseResult result) => result.GetValue(_nix) || result.GetValue(_cross)!.Length > 0 || result.GetValue(_native)!.Length > 0;

    private static Option<string[]> Make(string name, string side) => new(name)
    {
        Description = $"What building {side} printed (nix log), or a config.log; of another package of the closure with its name before it, curl=FILE. May be repeated.",
        HelpName = "[PACKAGE=]FILE",
        DefaultValueFactory = _ => [],
    };

    private static Func<StorePath, string?>? Read(string[] options, ComparedClosure closure, Func<StorePath, string?>? others)
    {
        if (options.Length == 0)
        {
            return others;
        }

        Dictionary<StorePath, string> logs = [];
        foreach (string option in options)
        {
            int equals = option.IndexOf('=', StringComparison.Ordinal);
            bool isNamed = equals > 0 && !File.Exists(option);
            string file = isNamed ? option[(equals + 1)..] : option;
            string text = Encoding.UTF8.GetString(InputFile.ReadText(file, MaxLength, mayBeSpecial: true));
            StorePath[] paths = isNamed
                ? [.. closure.Paths.Select(info => info.Path).Where(path => Platforms.StorePathName.Parse(path.Name).PackageName == option[..equals])]
                : [.. closure.Roots];
            if (paths.Length == 0)
            {
                throw CommandException.Usage($"{option}: the closure has no package {option[..equals]}.");
            }

            foreach (StorePath path in paths)
            {
                // A build and its config.log are two files of one package.
                logs[path] = logs.TryGetValue(path, out string? before) ? $"{before}\n{text}" : text;
            }
        }

        return path => logs.GetValueOrDefault(path) ?? others?.Invoke(path);
    }
}
