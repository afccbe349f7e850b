using System.Collections.Frozen;

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
    public static StorePathName Parse(string name) => MayNamePlatform(name) ? ParseParts(name) : ParsePlain(name);

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

    /// <summary>Whether a configuration may begin at some part: most names of a closure have none, and a closure has many.</summary>
    private static bool MayNamePlatform(ReadOnlySpan<char> name)
    {
        foreach (Range part in name.Split('-'))
        {
            if (Processor.Find(name[part]) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes a name apart that names no platform.</summary>
    private static StorePathName ParsePlain(string name)
    {
        int version = VersionStart(name);
        int last = name.LastIndexOf('-') + 1;
        string? output = version < last && OutputsOfText.Contains(name.AsSpan(last)) ? name[last..] : null;
        int end = output is null ? name.Length : last - 1;
        return new StorePathName
        {
            PackageName = version < end ? name[..(version - 1)] : name,
            Version = version < end ? name[version..end] : null,
            Output = output,
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
