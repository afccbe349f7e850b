using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace ClosureScan.Platforms;

/// <summary>Takes the names of store paths apart: first the configurations out of them, then as Nix splits a name.</summary>
internal static class StorePathNameParser
{
    private static readonly FrozenSet<string> Outputs = new[]
    {
        "bin", "crypt", "data", "debug", "dev", "devdoc", "dist", "doc", "getent", "info", "lib", "libgcc", "locale", "man",
        "modules", "nss", "py", "python", "static", "terminfo", "tools",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Vendors = new[] { "unknown", "none", "apple", "pc", "w64" }.ToFrozenSet();

    /// <summary>Configurations of one word; they are common words otherwise, so that only a tool's name behind makes them one.</summary>
    private static readonly FrozenSet<string> OneWordTargets = new[] { "avr", "msp430", "or1k", "vc4" }.ToFrozenSet();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> OutputsOfText = Outputs.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string> Tools = new[] { "gcc", "binutils", "gdb", "nolibc", "stage", "clang" }.ToFrozenSet();

    /// <summary>Takes a name apart.</summary>
    public static StorePathName Parse(string name) =>
        FindProcessor(name, 0) is not { } first ? ParsePlain(name, null)
        : FindProcessor(name, first.End.Value) is null && TryTakeHost(name, first.Start.Value, out string rest, out NamedPlatform? host) ? ParsePlain(rest, host)
        : ParseParts(name);

    /// <summary>Takes a name apart that may name platforms.</summary>
    internal static StorePathName ParseParts(string name)
    {
        var parts = new List<string>(name.Split('-'));
        string? target = TakeTarget(parts);
        string? host = null;
        bool isStatic = false;
        for (int at = 1; at < parts.Count; at++)
        {
            if (TakeTriple(parts, at, out string glued) is not { } triple)
            {
                continue;
            }

            // Before 2019 a cross compiler had its target behind: "gcc-7.3.0-<configuration>-stage-static".
            // Of several the last one counts: an interpreter's may be before a package's own, "ruby-<configuration>3.1-nori-…".
            if (at < parts.Count && parts[at] == "stage")
            {
                target ??= triple;
                parts.RemoveRange(at, Math.Min(2, parts.Count - at));
            }
            else
            {
                host = triple;
            }

            at--;
            parts[at] += glued;
            if (at > 0 && parts[at] == "static")
            {
                isStatic = true;
                parts.RemoveAt(at--);
            }
        }

        int version = VersionStart(parts);
        int end = parts.Count;
        string? output = end > 1 && Outputs.Contains(parts[^1]) && (version < end - 1 || (version == end && (host ?? target) is not null)) ? parts[^1] : null;
        end -= output is null ? 0 : 1;
        version = Math.Min(version, end);
        string packageName = string.Join('-', parts[..version]);
        return new StorePathName
        {
            PackageName = packageName,
            Version = version < end ? string.Join('-', parts[version..end]) : null,
            Output = output,
            HostTriple = host,
            TargetTriple = target,
            IsStatic = isStatic,
            Host = host is not null ? PlatformParser.Parse(host)
                : target is not null && output is "lib" or "libgcc" && parts[..version].Contains("gcc") ? PlatformParser.Parse(target)
                : null,
            Target = target is null ? null : PlatformParser.Parse(target),
        };
    }

    /// <summary>The first part from <paramref name="start"/> on that is a processor, so that a configuration may begin there; null for most names of a closure.</summary>
    private static Range? FindProcessor(ReadOnlySpan<char> name, int start)
    {
        foreach (Range part in name[start..].Split('-'))
        {
            Range here = (start + part.Start.Value)..(start + part.End.Value);
            if (Processor.Find(name[here]) is not null)
            {
                return here;
            }
        }

        return null;
    }

    /// <summary>
    /// Takes out the configuration that begins at a place, when it is the usual one: four whole parts behind a package's name. Whatever is rarer is read part by part.
    /// </summary>
    private static bool TryTakeHost(string name, int start, out string rest, [NotNullWhen(true)] out NamedPlatform? host)
    {
        rest = name;
        host = null;
        int end = start - 1;
        for (int part = 0; part < PlatformParser.MaxParts && end < name.Length; part++)
        {
            end = name.IndexOf('-', end + 1) is >= 0 and var dash ? dash : name.Length;
        }

        if (start == 0 || name.AsSpan(start, end - start).Count('-') != PlatformParser.MaxParts - 1 || name[end - 1] == '-'
            || name.AsSpan(0, start).EndsWith("-static-") || name.AsSpan(end) is "-stage" || name.AsSpan(end).StartsWith("-stage-"))
        {
            return false;
        }

        host = NamedPlatform.Of(name.AsSpan(start, end - start));
        rest = string.Concat(name.AsSpan(0, start - 1), name.AsSpan(end));
        return host is not null;
    }

    /// <summary>Takes a name apart out of which the platform was taken, if it named one.</summary>
    private static StorePathName ParsePlain(string name, NamedPlatform? host)
    {
        int version = VersionStart(name);
        int last = name.LastIndexOf('-') + 1;
        bool mayEndInOutput = last > 0 && (version < last || (host is not null && version == name.Length));
        string? output = mayEndInOutput && OutputsOfText.Contains(name.AsSpan(last)) ? name[last..] : null;
        int end = output is null ? name.Length : last - 1;
        return new StorePathName
        {
            PackageName = name[..(version < end ? version - 1 : end)],
            Version = version < end ? name[version..end] : null,
            Output = output,
            HostTriple = host?.Text,
            Host = host?.Platform,
        };
    }

    private static string? TakeTarget(List<string> parts)
    {
        string? triple = TakeTriple(parts, 0, out string glued);
        if (triple is not null && (parts.Count == 0 || glued.Length > 0))
        {
            // The whole name, or part of a word: no prefix.
            parts.InsertRange(0, (triple + glued).Split('-'));
            return null;
        }

        if (triple is null && parts.Count > 1 && OneWordTargets.Contains(parts[0]) && Tools.Contains(parts[1]))
        {
            triple = parts[0];
            parts.RemoveAt(0);
        }

        return triple;
    }

    /// <summary>Takes the longest configuration out that begins at <paramref name="at"/>, and what is stuck to its end: <c>3.1</c> of <c>…-gnu3.1</c>.</summary>
    private static string? TakeTriple(List<string> parts, int at, out string glued)
    {
        glued = "";
        if (Processor.Find(parts[at]) is null)
        {
            return null;
        }

        for (int count = Math.Min(PlatformParser.MaxParts, parts.Count - at); count >= 2; count--)
        {
            string last = parts[at + count - 1];
            bool isWhole = count == PlatformParser.MaxParts || last == "elf" || (count == 3 && (Vendors.Contains(parts[at + 1]) || parts[at + 1] == "linux"));
            if (!isWhole)
            {
                continue;
            }

            string before = string.Join('-', parts[at..(at + count - 1)]);
            for (int end = last.Length; end > 0; end = PreviousCut(last, end))
            {
                string triple = $"{before}-{last[..end]}";
                if (PlatformParser.Parse(triple) is not null)
                {
                    glued = last[end..];
                    parts.RemoveRange(at, count);
                    return triple;
                }
            }
        }

        return null;
    }

    /// <summary>The last place before <paramref name="end"/> where a version may begin; 0 for none.</summary>
    private static int PreviousCut(string text, int end)
    {
        do
        {
            end--;
        }
        while (end > 0 && !char.IsAsciiDigit(text[end]));
        return Math.Max(end, 0);
    }

    /// <summary>Where the first part begins, but for the first of all, that does not begin with a letter; the length of the name when there is none.</summary>
    private static int VersionStart(string name)
    {
        for (int at = name.IndexOf('-', StringComparison.Ordinal) + 1; at > 0 && at < name.Length; at = name.IndexOf('-', at) + 1)
        {
            if (name[at] != '-' && !char.IsAsciiLetter(name[at]))
            {
                return at;
            }
        }

        return name.Length;
    }

    /// <summary>The first part, but for the first of all, that does not begin with a letter; the number of parts when there is none.</summary>
    private static int VersionStart(List<string> parts)
    {
        for (int i = 1; i < parts.Count; i++)
        {
            if (parts[i].Length > 0 && !char.IsAsciiLetter(parts[i][0]))
            {
                return i;
            }
        }

        return parts.Count;
    }
}
