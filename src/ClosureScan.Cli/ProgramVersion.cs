using System.Reflection;

namespace ClosureScan.Cli;

/// <summary>The version that <c>--version</c> prints and reports carry, without the commit behind its plus sign.</summary>
internal static class ProgramVersion
{
    public static string Text { get; } =
        (typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
