namespace ClosureScan.Evidence.Usages;

/// <summary>The simple command of a shell's line that a path belongs to. Quotes and substitutions are followed; what spans lines is not.</summary>
internal readonly ref struct ShellCommand
{
    private ShellCommand(bool isPath, ReadOnlySpan<byte> name)
    {
        IsPath = isPath;
        Name = name;
    }

    /// <summary>Whether the path is what is run: the first word behind assignments and words such as <c>exec</c>.</summary>
    public bool IsPath { get; }

    /// <summary>The first word otherwise; empty when the path is in an assignment.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>Whether it prints its arguments.</summary>
    public bool Prints => WordList.Has("echo printf print puts die warn error fail log raise fprintf usage logger message logging.error logging.info"u8, Name);

    /// <summary>
    /// Whether what is printed goes somewhere where it may be used: into a file (<c>echo …/modprobe > /proc/sys/kernel/modprobe</c>) or another
    /// program. To standard error, it goes to people.
    /// </summary>
    public static bool IsWritten(ReadOnlySpan<byte> line, int end)
    {
        ReadOnlySpan<byte> rest = line[end..];
        int arrow = rest.IndexOf((byte)'>');
        return rest.IndexOf((byte)'|') >= 0
            || (arrow >= 0 && !rest[arrow..].StartsWith(">&2"u8) && !rest[arrow..].StartsWith("> &2"u8) && !rest[arrow..].StartsWith(">/dev/stderr"u8));
    }

    /// <summary>The command around the path at <paramref name="start"/>; in another language than a shell's, the call that begins the line.</summary>
    public static ShellCommand At(ReadOnlySpan<byte> line, int start, bool isShell)
    {
        int begin = isShell ? BeginOf(line, start) : 0;
        bool takesName = false;
        for (int at = begin; ;)
        {
            while (at < start && line[at] is (byte)' ' or (byte)'\t' or (byte)'"' or (byte)'\'')
            {
                at++;
            }

            if (at >= start)
            {
                return new ShellCommand(isPath: true, default);
            }

            int end = at;
            while (end < start && line[end] is not ((byte)' ' or (byte)'\t'))
            {
                end++;
            }

            ReadOnlySpan<byte> word = line[at..end].Trim("\"'"u8);
            bool isName = takesName;
            takesName = word.SequenceEqual("-a"u8);
            if (end == start)
            {
                // The path is the tail of this word: "VAR=path", "--flag=path", "$(path" never comes here.
                return new ShellCommand(isPath: false, IsAssignment(word) ? default : word[..PrefixLength(word)]);
            }

            if (!isName && !IsPassedOver(word))
            {
                return new ShellCommand(isPath: false, word[..PrefixLength(word)]);
            }

            at = end;
        }
    }

    /// <summary>How much of a word is a plain name: <c>print</c> of <c>print("…</c>.</summary>
    private static int PrefixLength(ReadOnlySpan<byte> word) => word.IndexOfAny("(\"'$"u8) is >= 0 and int cut ? cut : word.Length;

    private static bool IsAssignment(ReadOnlySpan<byte> word)
    {
        int equals = word.IndexOf((byte)'=');
        return equals > 0 && word[0] is not (byte)'-' && word[..equals].IndexOfAny("/$(\""u8) < 0;
    }

    private static bool IsPassedOver(ReadOnlySpan<byte> word) =>
        IsAssignment(word) || word.StartsWith("-"u8)
        || WordList.Has("exec sudo doas env nohup command builtin time nice ionice setsid eval if then else elif while until do ! { xargs export"u8, word);

    /// <summary>Where the command begins that holds <paramref name="start"/>: behind the last <c>;</c>, <c>|</c>, <c>&amp;</c>, <c>(</c> or back quote that is not quoted.</summary>
    private static int BeginOf(ReadOnlySpan<byte> line, int start)
    {
        int begin = 0;
        byte quote = 0;
        for (int at = 0; at < start; at++)
        {
            byte value = line[at];
            switch (value)
            {
                case (byte)'\\' when quote != '\'':
                    at++;
                    break;
                case (byte)'\'' or (byte)'"' when quote == 0:
                    quote = value;
                    break;
                case (byte)'\'' or (byte)'"' when quote == value:
                    quote = 0;
                    break;
                case (byte)'`' when quote != '\'':
                case (byte)'(' when quote != '\'' && at > 0 && line[at - 1] == '$':
                    begin = at + 1;
                    quote = 0;
                    break;
                case (byte)';' or (byte)'|' or (byte)'&' or (byte)'(' or (byte)')' or (byte)'{' when quote == 0 && !IsParameter(line, at):
                    begin = at + 1;
                    break;
            }
        }

        return begin;
    }

    /// <summary>Whether a brace or an ampersand is part of <c>${name}</c> or of <c>2>&amp;1</c>.</summary>
    private static bool IsParameter(ReadOnlySpan<byte> line, int at) => at > 0 && line[at - 1] is (byte)'$' or (byte)'>';
}
