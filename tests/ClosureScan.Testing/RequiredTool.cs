using System.Diagnostics.CodeAnalysis;
using Xunit;

namespace ClosureScan.Testing;

/// <summary>
/// Programs that some tests compare with. A test whose program is missing is skipped and says so; with the environment variable
/// <c>CLOSURESCAN_REQUIRE_TOOLS=1</c>, which CI sets, it fails, so that nothing is skipped unseen.
/// </summary>
public static class RequiredTool
{
    /// <summary>Whether a missing tool is a failure.</summary>
    public static bool IsStrict => Environment.GetEnvironmentVariable("CLOSURESCAN_REQUIRE_TOOLS") == "1";

    /// <summary>The whole path of the program <paramref name="name"/>, looked up in PATH. Skips or fails the test when it is missing.</summary>
    public static string Find(string name)
    {
        if (TryFind(name) is { } path)
        {
            return path;
        }

        Missing($"the program {name} (not in PATH)");
        return name;
    }

    /// <summary>The whole path of the program <paramref name="name"/>; null when PATH has none.</summary>
    public static string? TryFind(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>Ends the test: it needs something this machine does not have.</summary>
    /// <param name="need">What, as it follows "needs".</param>
    [DoesNotReturn]
    public static void Missing(string need)
    {
        if (IsStrict)
        {
            Assert.Fail($"This test needs {need}, and CLOSURESCAN_REQUIRE_TOOLS=1 forbids skipping it.");
        }

        Assert.Skip($"This test needs {need}.");
    }
}
