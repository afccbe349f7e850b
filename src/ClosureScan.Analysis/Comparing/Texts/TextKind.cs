using System.Text.RegularExpressions;

namespace ClosureScan.Analysis.Comparing.Texts;

/// <summary>A kind of text that has fields: how they are written, and what a difference in it is called.</summary>
internal sealed partial class TextKind
{
    private static readonly TextKind[] All =
    [
        new(DifferenceKind.Headers, HeaderFile(), HeaderText.Read),
        new(DifferenceKind.PkgConfig, PkgConfigFile(), text => Read(text, PkgConfigField())) { _flags = PkgConfigFlags() },
        new(DifferenceKind.CMake, CMakeFile(), text => Read(text, CMakeField())),
        new(DifferenceKind.Libtool, LibtoolFile(), text => Read(text, Assignment())) { _flags = LibtoolFlags() },
        new(DifferenceKind.ConfigScript, ConfigFile(), text => Read(text, Assignment())) { _flags = VariableFlags() },
        new(DifferenceKind.Settings, SettingsFile(), text => Read(text, Setting())) { _flags = VariableFlags() },
        new(DifferenceKind.Text, AnyFile(), Lines),
    ];

    private readonly Regex _files;
    private readonly Func<string, FieldedText> _read;
    private Regex? _flags;

    private TextKind(DifferenceKind difference, Regex files, Func<string, FieldedText> read)
    {
        (Difference, _files, _read) = (difference, files, read);
    }

    /// <summary>What a difference in a field is.</summary>
    public DifferenceKind Difference { get; }

    /// <summary>What a difference in a line without a field is: of a header its declarations, of others text.</summary>
    public DifferenceKind LineDifference => Difference == DifferenceKind.Headers ? DifferenceKind.Headers : Difference == DifferenceKind.Text ? DifferenceKind.Text : Difference;

    /// <summary>The kind of a file by its path.</summary>
    public static TextKind Of(string file, string text)
    {
        TextKind kind = All.First(kind => kind._files.IsMatch(file));
        return kind.Difference == DifferenceKind.Text && text.StartsWith("#! ", StringComparison.Ordinal) && text.Contains("# libtoolT", StringComparison.Ordinal)
            ? All.First(other => other.Difference == DifferenceKind.Libtool)
            : kind;
    }

    /// <summary>Takes a text of this kind apart.</summary>
    public FieldedText Read(string text) => _read(text);

    /// <summary>Whether a field is a list of compiler flags, in which order and doubles hardly count.</summary>
    public bool IsFlags(string key) => _flags is not null && _flags.IsMatch(key);

    private static FieldedText Read(string text, Regex field)
    {
        FieldedText fielded = new();
        foreach (string line in Logical(text))
        {
            if (field.Match(line) is { Success: true } match)
            {
                fielded.Add(match.Groups["key"].Value, match.Groups["value"].Value.Trim().Trim('\'', '"'));
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                fielded.Lines.Add(line);
            }
        }

        return fielded;
    }

    private static FieldedText Lines(string text) => new([], [.. text.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line))]);

    /// <summary>Lines, continued ones joined.</summary>
    public static IEnumerable<string> Logical(string text) => text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n');

    [GeneratedRegex(@"(^|/)include/|\.(h|hh|hpp|hxx|inc\.h)$")]
    private static partial Regex HeaderFile();

    [GeneratedRegex(@"\.pc$")]
    private static partial Regex PkgConfigFile();

    [GeneratedRegex(@"\.cmake$")]
    private static partial Regex CMakeFile();

    [GeneratedRegex(@"\.la$|(^|/)libtool$")]
    private static partial Regex LibtoolFile();

    [GeneratedRegex(@"(^|/)bin/[^/]*-config$|(^|/)[^/]+-config$|/[^/]*Conf\.sh$")]
    private static partial Regex ConfigFile();

    [GeneratedRegex(@"(^|/)(_sysconfigdata[^/]*\.py|Config(_heavy)?\.p[lm]|rbconfig\.rb|config\.status|Makefile(\.[^/]*)?|[^/]*\.mk|Makeconf|config\.site|[^/]*\.conf|os-release)$")]
    private static partial Regex SettingsFile();

    [GeneratedRegex("")]
    private static partial Regex AnyFile();

    [GeneratedRegex(@"^(?<key>[A-Za-z_][\w.]*)\s*[:=]\s*(?<value>.*)$")]
    private static partial Regex PkgConfigField();

    [GeneratedRegex(@"^\s*set\s*\(\s*(?<key>[\w${}]+)\s+(?<value>[^)]*)\)")]
    private static partial Regex CMakeField();

    [GeneratedRegex(@"^\s*(?:export\s+)?(?<key>[A-Za-z_]\w*)=(?<value>.*)$")]
    private static partial Regex Assignment();

    [GeneratedRegex("""^\s*(?:CONFIG\["(?<key>[^"]+)"\]\s*=|'(?<key>[^']+)'\s*:|(?<key>[A-Za-z_][\w.]*)\s*(?::|\+|\?)?=>?)\s*(?<value>.*?),?\s*$""")]
    private static partial Regex Setting();

    [GeneratedRegex("^(Requires|Requires.private|Libs|Libs.private|Cflags|Cflags.private)$")]
    private static partial Regex PkgConfigFlags();

    [GeneratedRegex("^(dependency_libs|inherited_linker_flags)$")]
    private static partial Regex LibtoolFlags();

    [GeneratedRegex("(FLAGS|LIBS|LDADD|LIBADD|libs|flags)$")]
    private static partial Regex VariableFlags();
}
