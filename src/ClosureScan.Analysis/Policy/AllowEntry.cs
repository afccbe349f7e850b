using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Policy;

/// <summary>One <c>allow</c> entry: findings that a policy accepts, and why. What is left out matches everything; something must be said.</summary>
internal sealed record AllowEntry
{
    /// <summary>The rule; null for any.</summary>
    public string? Rule { get; init; }

    /// <summary>The package that holds the reference or the wrong file; null for any.</summary>
    public GlobPattern? Package { get; init; }

    /// <summary>The file inside it; null for any, also for files that the evidence does not name.</summary>
    public GlobPattern? File { get; init; }

    /// <summary>What is referred to: a package, or what the finding is about (<c>x86_64-linux</c>, <c>/bin/bash</c>); null for any.</summary>
    public GlobPattern? Target { get; init; }

    /// <summary>Why this is right.</summary>
    public required string Reason { get; init; }

    /// <summary>The last day, in UTC, on which the entry holds; null for ever.</summary>
    public DateOnly? Expires { get; init; }

    /// <summary>Where the entry begins in its file, counted from 1; 0 when it comes from no file.</summary>
    public int Line { get; init; }

    /// <summary>Whether the entry has expired on that day.</summary>
    public bool IsExpired(DateOnly today) => today > Expires;

    /// <summary>The entry on one line, without its reason: <c>rule foreign-reference, package curl</c>.</summary>
    public override string ToString()
    {
        List<string> parts = [];
        Append("rule", Rule);
        Append("package", Package?.Text);
        Append("file", File?.Text);
        Append("target", Target?.Text);
        Append("expires", Expires?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        return string.Join(", ", parts);

        void Append(string name, string? value)
        {
            if (value is not null)
            {
                parts.Add($"{name} {value}");
            }
        }
    }
}
