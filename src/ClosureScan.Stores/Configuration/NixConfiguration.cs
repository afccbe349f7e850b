using System.Collections.Frozen;

namespace ClosureScan.Stores.Configuration;

/// <summary>
/// What Nix is told by its files and environment (Nix: src/libutil/configuration.cc, src/libstore/globals.cc): <c>nix.conf</c> of the
/// machine, then of the user, then <c>NIX_CONFIG</c>. Later words win; <c>extra-NAME</c> adds to a list. Immutable.
/// </summary>
internal sealed class NixConfiguration
{
    private const string DefaultDirectory = "/etc/nix";
    private const int MostIncludes = 10;

    private readonly FrozenDictionary<string, string> _settings;

    private NixConfiguration(string directory, IReadOnlyDictionary<string, string> settings)
    {
        Directory = directory;
        _settings = settings.ToFrozenDictionary();
    }

    /// <summary>Where the machine's <c>nix.conf</c> and <c>netrc</c> lie.</summary>
    public string Directory { get; }

    /// <summary>Reads the files and variables of this machine. What cannot be read counts as absent, as it does for Nix.</summary>
    public static NixConfiguration Load() => Load(Environment.GetEnvironmentVariable);

    /// <summary>Reads with another environment.</summary>
    /// <param name="variable">Gives an environment variable; null where there is none.</param>
    public static NixConfiguration Load(Func<string, string?> variable)
    {
        string directory = NotEmpty(variable("NIX_CONF_DIR")) ?? DefaultDirectory;
        Dictionary<string, string> settings = [];
        ReadFile(Path.Combine(directory, "nix.conf"), settings, 0);
        foreach (string file in UserFiles(variable))
        {
            ReadFile(file, settings, 0);
        }

        Read(variable("NIX_CONFIG") ?? "", directory, settings, 0);
        return new NixConfiguration(directory, settings);
    }

    /// <summary>A setting's text; null where nobody sets it.</summary>
    public string? Find(string name) => _settings.GetValueOrDefault(name);

    /// <summary>A list: what <paramref name="name"/> says, or else the default, and what <c>extra-NAME</c> adds.</summary>
    public IEnumerable<string> List(string name, string defaultValue) =>
        [.. Words(Find(name) ?? defaultValue), .. Words(Find("extra-" + name) ?? "")];

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static IEnumerable<string> UserFiles(Func<string, string?> variable)
    {
        if (variable("NIX_USER_CONF_FILES") is { } files)
        {
            // Like PATH: the first one wins, so it is read last.
            return files.Split(':', StringSplitOptions.RemoveEmptyEntries).Reverse();
        }

        string home = NotEmpty(variable("XDG_CONFIG_HOME")) ?? Path.Combine(NotEmpty(variable("HOME")) ?? "/", ".config");
        string[] machine = (NotEmpty(variable("XDG_CONFIG_DIRS")) ?? "/etc/xdg").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return machine.Reverse().Append(home).Select(folder => Path.Combine(folder, "nix", "nix.conf"));
    }

    private static void ReadFile(string file, Dictionary<string, string> settings, int depth)
    {
        try
        {
            Read(File.ReadAllText(file), Path.GetDirectoryName(file)!, settings, depth);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static void Read(string text, string directory, Dictionary<string, string> settings, int depth)
    {
        foreach (string whole in text.Split('\n'))
        {
            int comment = whole.IndexOf('#', StringComparison.Ordinal);
            string[] words = Words(comment < 0 ? whole : whole[..comment]);
            if (words is ["include" or "!include", var file] && depth < MostIncludes)
            {
                ReadFile(Path.Combine(directory, file), settings, depth + 1);
            }
            else if (words is [var name, "=", ..])
            {
                string value = string.Join(' ', words[2..]);
                bool adds = name.StartsWith("extra-", StringComparison.Ordinal);
                settings[name] = adds && settings.TryGetValue(name, out string? before) ? $"{before} {value}" : value;
            }
        }
    }
}
