using ClosureScan.Evidence.Usages;
using ClosureScan.Paths;

namespace ClosureScan.Evidence;

/// <summary>
/// Judges from the bytes around a hit how a text uses the path that it names. A pure function: equal bytes, equal answer, whatever walk they came from.
/// The order of the questions is the order of what they settle: a comment runs nothing whatever it says, the command of a line is run whatever
/// its arguments are, and only then do variables and flags speak.
/// </summary>
internal static class UsageClassifier
{
    /// <summary>What the line does with the path.</summary>
    public static Usage Classify(in UsageSite site)
    {
        switch (site.Kind)
        {
            case Mechanism.Shebang:
                return Usage.Executes;
            case Mechanism.Libtool or Mechanism.PkgConfig or Mechanism.Cmake or Mechanism.Makefile or Mechanism.ConfigScript or Mechanism.NixSupport:
            case Mechanism.Sysconfig when !TextLanguage.IsRunTimeEnvironment(site.File):
                return Usage.Builds;
        }

        if (site.Hit < 0 || site.Hit + StorePathHash.Length > site.Line.Length)
        {
            return Usage.Unknown;
        }

        int start = StartOf(site.Line, site.Hit);
        int end = EndOf(site);
        return site.Kind is Mechanism.Data or Mechanism.Bytecode or Mechanism.Compressed ? OfString(site.Line, start, end) : OfText(site, start, end);
    }

    private static Usage OfText(in UsageSite site, int start, int end)
    {
        ReadOnlySpan<byte> line = site.Line;
        if (TextLanguage.IsComment(site.File, line, start))
        {
            return Usage.Comment;
        }

        if (TextLanguage.IsHeader(site.File) || TextLanguage.IsRecord(site.File))
        {
            return Usage.Builds;
        }

        if (ConfigurationKey.Judge(site.File, line, start) is { } byKey)
        {
            return byKey;
        }

        bool isShell = TextLanguage.IsShell(site.File, site.Head);
        if (isShell || site.Head.StartsWith("#!"u8))
        {
            ShellCommand command = ShellCommand.At(line, start, isShell);
            if (isShell && command.IsPath)
            {
                return Usage.Executes;
            }

            if (command.Prints && !ShellCommand.IsWritten(line, end))
            {
                return Usage.Message;
            }
        }

        return OfWords(line, start, end, isShell);
    }

    private static Usage OfString(ReadOnlySpan<byte> line, int start, int end) =>
        line[..start].TrimEnd((byte)'\'').EndsWith("makeCWrapper "u8)
            ? Usage.Executes // What makeBinaryWrapper keeps of its own command line.
            : OfWords(line, start, end, isShell: false);

    private static Usage OfWords(ReadOnlySpan<byte> line, int start, int end, bool isShell) =>
        EnvironmentVariable.Judge(line, start, end, isShell) is { } byVariable ? byVariable
        : RecordedCommandLine.Holds(line, start, end) ? Usage.Builds
        : LoadableName.Matches(line[start..end]) ? Usage.Loads
        : Usage.Mentions;

    /// <summary>Where the path begins whose last component starts at the hit: at its store directory.</summary>
    private static int StartOf(ReadOnlySpan<byte> line, int hit)
    {
        int start = hit;
        while (start > 0 && (line[start - 1] == '/' || char.IsAsciiLetterOrDigit((char)line[start - 1]) || line[start - 1] is (byte)'.' or (byte)'_' or (byte)'-'))
        {
            start--;
        }

        // "-I/nix/store/…": the flag is no part of the path.
        return start + Math.Max(0, line[start..hit].IndexOf((byte)'/'));
    }

    private static int EndOf(in UsageSite site)
    {
        int end = site.Hit + StorePathHash.Length;
        while (end < site.Line.Length && (char.IsAsciiLetterOrDigit((char)site.Line[end]) || site.Line[end] is (byte)'+' or (byte)'-' or (byte)'.' or (byte)'_' or (byte)'?' or (byte)'='))
        {
            end++;
        }

        return Math.Min(site.Line.Length, end + site.SubPath.Length);
    }
}
