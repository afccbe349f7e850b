using ClosureScan.Analysis.Findings;

namespace ClosureScan.Analysis.Leaks;

/// <summary>The names that reports carry: one lower-case word for sides, effects and severities.</summary>
internal static class ReportNames
{
    /// <summary>The name of an effect: <c>bloats</c> or <c>breaks</c>.</summary>
    public static string ToName(this Effect effect) => effect == Effect.Breaks ? "breaks" : "bloats";

    /// <summary>The name of a severity: <c>error</c>, <c>warning</c> or <c>note</c>.</summary>
    public static string ToName(this Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    /// <summary>The name of a depth: <c>metadata</c>, <c>suspects</c>, <c>contents</c> or <c>deep</c>.</summary>
    public static string ToName(this ScanDepth depth) => depth switch
    {
        ScanDepth.Metadata => "metadata",
        ScanDepth.Suspects => "suspects",
        ScanDepth.Deep => "deep",
        _ => "contents",
    };

    /// <summary>The depth of that name. False when there is none.</summary>
    internal static bool TryParseDepth(string name, out ScanDepth depth)
    {
        depth = Enum.GetValues<ScanDepth>().FirstOrDefault(depth => depth.ToName() == name);
        return depth.ToName() == name;
    }

    /// <summary>The name of a state: <c>new</c>, <c>known</c>, <c>allowed</c> or <c>off</c>.</summary>
    public static string ToName(this OccurrenceState state) => state switch
    {
        OccurrenceState.Known => "known",
        OccurrenceState.Allowed => "allowed",
        OccurrenceState.Off => "off",
        _ => "new",
    };

    /// <summary>The state of that name. False when there is none.</summary>
    internal static bool TryParseState(string name, out OccurrenceState state)
    {
        state = Enum.GetValues<OccurrenceState>().FirstOrDefault(state => state.ToName() == name);
        return state.ToName() == name;
    }

    /// <summary>The severity of that name. False when there is none.</summary>
    internal static bool TryParseSeverity(string name, out Severity severity)
    {
        severity = Enum.GetValues<Severity>().FirstOrDefault(severity => severity.ToName() == name);
        return severity.ToName() == name;
    }

    /// <summary>The name of a side: <c>host</c>, <c>foreign</c>, <c>neutral</c> or <c>mixed</c>.</summary>
    public static string ToName(this PathSide side) => side switch
    {
        PathSide.Host => "host",
        PathSide.Foreign => "foreign",
        PathSide.Mixed => "mixed",
        _ => "neutral",
    };

    /// <summary>The name of an origin: <c>option</c>, <c>system-file</c>, <c>names</c>, <c>root</c>, <c>programs</c> or <c>unknown</c>.</summary>
    public static string ToName(this HostOrigin origin) => origin switch
    {
        HostOrigin.Option => "option",
        HostOrigin.SystemFile => "system-file",
        HostOrigin.Names => "names",
        HostOrigin.Root or HostOrigin.Derivation => "root",
        HostOrigin.Programs => "programs",
        _ => "unknown",
    };

    /// <summary>The side of that name. False when there is none.</summary>
    internal static bool TryParseSide(string name, out PathSide side)
    {
        side = Enum.GetValues<PathSide>().FirstOrDefault(side => side.ToName() == name);
        return side.ToName() == name;
    }

    /// <summary>The origin of that name. False when there is none.</summary>
    internal static bool TryParseOrigin(string name, out HostOrigin origin)
    {
        origin = Enum.GetValues<HostOrigin>().FirstOrDefault(origin => origin.ToName() == name);
        return origin.ToName() == name;
    }
}
