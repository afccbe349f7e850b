using System.Text.Json;

namespace ClosureScan.Cli.Tests.Hostile;

/// <summary>Text that something obeys which shows it raw: terminals, the logs of CI systems, pages, and readers from right to left.</summary>
internal static class HostileText
{
    /// <summary>For the name of a file: no slash, no NUL, less than 256 bytes of UTF-8.</summary>
    public const string Name = "e\u001b[31m\u001b]0;p\u0007\r\n::error::p\n##[error]p ##vso[t]\u202e\u009b31m\u007f\u2028\u200b<img src=x onerror=p()>|`p`](javascript:p)&\"'%0A]]>";

    /// <summary>For everything else.</summary>
    public const string Text = Name + "</script>\n::stop-commands::p\n";

    /// <summary>On one line, for formats of lines.</summary>
    public const string Line = "e\u001b[31m\u001b]0;p\u0007\r::error::p ##[error]p\u202e\u009b31m\u007f\u2028\u200b<img src=x onerror=p()>|`p`](javascript:p)";

    /// <summary>Half of a pair, which JSON can write and Unicode has not.</summary>
    public const string HalfPair = "\\ud800";

    /// <summary>The text as JSON, with its quotation marks.</summary>
    public static string Json { get; } = JsonSerializer.Serialize(Text);
}
