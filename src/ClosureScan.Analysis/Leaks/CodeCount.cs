using System.Globalization;

namespace ClosureScan.Analysis.Leaks;

/// <summary>How many files of one kind are the host's, and how many are not.</summary>
internal sealed class CodeCount
{
    private readonly List<string> _platforms = [];

    /// <summary>Files that the host runs.</summary>
    public long Host { get; private set; }

    /// <summary>Files that it does not.</summary>
    public long Foreign { get; private set; }

    /// <summary>All of them.</summary>
    public long Total => Host + Foreign;

    /// <summary>Counts files.</summary>
    public void Add(string platform, long count, bool isForeign)
    {
        Host += isForeign ? 0 : count;
        Foreign += isForeign ? count : 0;
        if (count > 0 && !_platforms.Contains(platform))
        {
            _platforms.Add(platform);
        }
    }

    /// <summary>The count for people: <c>3 programs for x86_64-linux and armv7l-linux</c>; empty without any.</summary>
    public string Describe(string one, string? many = null) => Total == 0 ? "" :
        string.Create(CultureInfo.InvariantCulture, $"{Total} {(Total == 1 ? one : many ?? one + "s")} for {string.Join(" and ", _platforms)}");
}
