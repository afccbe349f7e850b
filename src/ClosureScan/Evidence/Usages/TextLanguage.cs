namespace ClosureScan.Evidence.Usages;

/// <summary>What the name of a text says of its language: how its comments begin, and whether a shell reads it.</summary>
internal static class TextLanguage
{
    private enum Comments
    {
        Hash,
        Slashes,
        Dashes,
        Semicolon,
        Percent,
        Quote,
        Markup,
        Macro,
    }

    /// <summary>Whether the path at <paramref name="start"/> is in a comment, as far as its line tells.</summary>
    public static bool IsComment(ReadOnlySpan<byte> file, ReadOnlySpan<byte> line, int start)
    {
        ReadOnlySpan<byte> before = line[..start];
        ReadOnlySpan<byte> trimmed = before.TrimStart(" \t"u8);
        Comments comments = CommentsOf(file);
        return comments switch
        {
            Comments.Slashes => trimmed.StartsWith("//"u8) || trimmed.StartsWith("/*"u8) || trimmed.StartsWith("* "u8)
                || before.IndexOf(" // "u8) >= 0 || (before.LastIndexOf("/*"u8) is >= 0 and int open && before[open..].IndexOf("*/"u8) < 0),
            Comments.Dashes => trimmed.StartsWith("--"u8),
            Comments.Semicolon => trimmed.StartsWith(";"u8) || trimmed.StartsWith("#"u8),
            Comments.Percent => trimmed.StartsWith("%"u8),
            Comments.Quote => trimmed.StartsWith("\""u8),
            Comments.Markup => before.LastIndexOf("<!--"u8) is >= 0 and int open && before[open..].IndexOf("-->"u8) < 0,
            Comments.Macro => trimmed.StartsWith("dnl"u8) || trimmed.StartsWith("#"u8),
            _ => trimmed.StartsWith("#"u8) || trimmed.StartsWith("// "u8) || EndsInHashComment(before),
        };
    }

    /// <summary>Whether a compiler reads the text, and nothing at run time.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> file) => WordList.Has("h hh hpp hxx inl"u8, ExtensionOf(file));

    /// <summary>Whether it is what a build printed, and nothing reads it again: logs, RubyGems' record of how an extension was made.</summary>
    public static bool IsRecord(ReadOnlySpan<byte> file) => ExtensionOf(file).SequenceEqual("log"u8) || NameOf(file).SequenceEqual("gem_make.out"u8);

    /// <summary>Whether a shell reads the text, by its first line or its name.</summary>
    public static bool IsShell(ReadOnlySpan<byte> file, ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("#!"u8))
        {
            int end = head.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? head : head[..end]).TrimEnd(" \t\r"u8);
            ReadOnlySpan<byte> interpreter = NameOf(line[2..].Trim(" \t"u8));
            int space = interpreter.IndexOf((byte)' ');
            ReadOnlySpan<byte> first = space < 0 ? interpreter : interpreter[..space];
            return first.EndsWith("sh"u8) || first.EndsWith("execlineb"u8) || (first.SequenceEqual("env"u8) && interpreter.EndsWith("sh"u8));
        }

        ReadOnlySpan<byte> name = NameOf(file);
        return WordList.Has("sh bash zsh fish csh"u8, ExtensionOf(file)) || WordList.Has("profile activate init set-environment"u8, name) || name.EndsWith("shrc"u8);
    }

    /// <summary>Whether it is the part of R's configuration that every start reads; the rest of it serves builds of extensions.</summary>
    public static bool IsRunTimeEnvironment(ReadOnlySpan<byte> file) =>
        NameOf(file).StartsWith("Renviron"u8) || NameOf(file).SequenceEqual("ldpaths"u8);

    /// <summary>The last component of a path.</summary>
    public static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> file) => file[(file.LastIndexOf((byte)'/') + 1)..];

    /// <summary>What follows the last full stop of the file's name; empty when there is none.</summary>
    public static ReadOnlySpan<byte> ExtensionOf(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> name = NameOf(file);
        return name.LastIndexOf((byte)'.') is >= 0 and int dot ? name[(dot + 1)..] : default;
    }

    private static Comments CommentsOf(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> extension = ExtensionOf(file);
        return WordList.Has("c h cc cpp cxx hh hpp hxx js mjs cjs ts css scss java go rs kt php dts dtsi proto vala qml"u8, extension) ? Comments.Slashes
            : WordList.Has("lua sql hs lhs adb ads"u8, extension) ? Comments.Dashes
            : WordList.Has("el scm lisp clj ini service socket timer mount path target desktop"u8, extension) ? Comments.Semicolon
            : WordList.Has("tex sty cls erl ps"u8, extension) ? Comments.Percent
            : WordList.Has("vim"u8, extension) ? Comments.Quote
            : WordList.Has("xml html htm xhtml svg xsl policy rdf gir ui md"u8, extension) ? Comments.Markup
            : WordList.Has("m4 ac mc at"u8, extension) ? Comments.Macro
            : Comments.Hash;
    }

    /// <summary>Whether a <c># </c> outside quotes begins a comment behind code: <c>foo # as bar does</c>.</summary>
    private static bool EndsInHashComment(ReadOnlySpan<byte> before)
    {
        byte quote = 0;
        for (int at = 0; at < before.Length; at++)
        {
            byte value = before[at];
            if (value is (byte)'\'' or (byte)'"')
            {
                quote = quote == 0 ? value : quote == value ? (byte)0 : quote;
            }
            else if (value == '#' && quote == 0 && at > 0 && before[at - 1] is (byte)' ' or (byte)'\t' && at + 1 < before.Length && before[at + 1] == ' ')
            {
                return true;
            }
        }

        return false;
    }
}
