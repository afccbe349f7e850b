using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Hostile;

/// <summary>
/// What every run must be, whatever the input was: an exit code of the contract, a sentence instead of an exception, and output that nothing
/// which reads it obeys. It knows nothing of what the answer should be.
/// </summary>
internal static partial class Outcome
{
    /// <summary>What is wrong with a run; null for nothing.</summary>
    /// <param name="run">The run.</param>
    /// <param name="call">Its arguments, which tell the format of what was printed.</param>
    public static string? FaultOf(ToolRun run, string[] call)
    {
        int at = Array.IndexOf(call, "--format");
        string format = at < 0 || at + 1 == call.Length ? "text" : call[at + 1];
        return run.ExitCode is < 0 or > 4 ? $"exit code {run.ExitCode}: {run.Error}"
            : run.Error.Contains("This is a mistake of closurescan", StringComparison.Ordinal) ? run.Error
            : run.Error.Contains("the memory did not suffice", StringComparison.Ordinal) ? run.Error
            : StackTrace().IsMatch(run.Error) ? $"a stack trace: {run.Error}"
            : FaultOfText(run.Error, "text") is { } error ? $"standard error has {error}"
            : FaultOfOutput(run.Output.Span, format) is { } output ? $"standard output has {output}"
            : null;
    }

    private static string? FaultOfOutput(ReadOnlySpan<byte> output, string format)
    {
        if (format == "facts")
        {
            return null;
        }

        try
        {
            return FaultOfText(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(output), format);
        }
        catch (DecoderFallbackException exception)
        {
            return $"no UTF-8: {exception.Message}";
        }
    }

    private static string? FaultOfText(string text, string format)
    {
        for (int index = 0; index < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(index), out Rune rune, out int length) != OperationStatus.Done || !IsShown(rune, format))
            {
                return $"U+{rune.Value:X4} in \"{Around(text, index)}\"";
            }

            index += length;
        }

        return Obeyed(format).Match(text) is { Success: true } match ? $"\"{match.Value}\", which somebody obeys, in \"{Around(text, match.Index)}\"" : FaultOfSyntax(text, format);
    }

    private static bool IsShown(Rune rune, string format) => rune.Value is '\n' || (rune.Value == '\t' && format == "tsv") || (rune.Value == '\r' && format == "csv")
        || Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
            _ => true,
        };

    /// <summary>What GitHub, Azure and TeamCity take for a command in a log, and what a page takes for a tag or a script.</summary>
    private static Regex Obeyed(string format) => format switch
    {
        "json" or "sarif" or "sarif-full" or "gitlab" or "junit" or "graphml" or "dot" or "csv" or "tsv" => CommandLine(),
        "github" => OtherThanAnnotation(),
        "markdown" => TagOrScript(),
        "html" => StrangeTagOrScript(),
        _ => CommandOrMark(),
    };

    private static string? FaultOfSyntax(string text, string format)
    {
        try
        {
            switch (format)
            {
                case "json" or "sarif" or "sarif-full" or "gitlab" when text.Length > 0:
                    JsonDocument.Parse(text).Dispose();
                    break;
                case "junit" or "graphml" when text.Length > 0:
                    XDocument.Parse(text);
                    break;
            }

            return null;
        }
        catch (Exception exception) when (exception is JsonException or XmlException)
        {
            return $"bad {format}: {exception.Message}";
        }
    }

    private static string Around(string text, int index) => JsonEncodedText.Encode(
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text[Math.Max(0, index - 60)..Math.Min(text.Length, index + 30)]))).ToString();

    [GeneratedRegex(@"^   at [\w.]+\(", RegexOptions.Multiline)]
    private static partial Regex StackTrace();

    [GeneratedRegex(@"^\s*::", RegexOptions.Multiline)]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"^\s*::(?!(error|warning|notice) (file|title)=)|##\[|##vso\[|##teamcity\[", RegexOptions.Multiline)]
    private static partial Regex OtherThanAnnotation();

    [GeneratedRegex(@"^\s*::|##\[|##vso\[|##teamcity\[", RegexOptions.Multiline)]
    private static partial Regex CommandOrMark();

    // The page's own style has lines that begin with colons.
    [GeneratedRegex("""^\s*::(error|stop)|##\[|<img src=x|</script>\s*::|href=['"]?javascript:""", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex StrangeTagOrScript();

    // A line that begins with a tag is HTML, in which brackets are no link.
    [GeneratedRegex(@"^\s*::|##\[|<(img|script)|^\s*[^\s<].*\]\(javascript:", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex TagOrScript();
}
