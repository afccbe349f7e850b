namespace ClosureScan.Platforms;

/// <summary>A platform with the configuration that names it.</summary>
internal sealed record NamedPlatform(string Text, Platform Platform)
{
    // The names of a closure have one configuration among them, or two. Whoever reads another one meanwhile makes it anew.
    private static NamedPlatform? _last;

    /// <summary>The platform of a configuration; null when it is none.</summary>
    public static NamedPlatform? Of(ReadOnlySpan<char> text)
    {
        if (_last is { } last && text.SequenceEqual(last.Text))
        {
            return last;
        }

        return PlatformParser.Parse(text) is { } platform ? _last = new NamedPlatform(text.ToString(), platform) : null;
    }
}
