using System.Collections.Frozen;

namespace ClosureScan.Analysis.Comparing.Texts;

/// <summary>
/// What packages write down of how they were built and nothing uses at run time: level L4. Only these names are taken for it; whatever else
/// differs is told as a difference.
/// </summary>
internal static class BuildFacts
{
    private static readonly FrozenSet<string> Keys = new[]
    {
        // libtool and Autoconf
        "build", "build_alias", "build_os", "build_cpu", "build_vendor", "BUILD_ALIAS", "LTCFLAGS_BUILD", "ac_configure_args", "ac_cs_config", "configure_input",
        "to_host_file_cmd", "to_tool_file_cmd", "lt_cv_to_host_file_cmd", "lt_cv_to_tool_file_cmd",
        // Python, Perl, Ruby
        "BUILD_GNU_TYPE", "CONFIG_ARGS", "PROFILE_TASK", "myuname", "config_args", "config_arg0", "config_argc", "cf_time", "cf_by", "cf_email", "perladmin", "myhostname",
        "configure_args", "build_date", "CONFIGURE_ARGS",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsBuildFact(TextKind kind, string key) =>
        Keys.Contains(key) && kind.Difference is DifferenceKind.Libtool or DifferenceKind.Settings or DifferenceKind.ConfigScript;

    /// <summary>Whether both lines are comments of libtool that say where it was made.</summary>
    public static bool IsBuildLine(TextKind kind, string? cross, string? native) =>
        kind.Difference == DifferenceKind.Libtool && (cross ?? native) is ['#', ..] && (native ?? cross) is ['#', ..];
}
