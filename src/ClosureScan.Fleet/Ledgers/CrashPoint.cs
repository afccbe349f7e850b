using System.Diagnostics;
using System.Globalization;

namespace ClosureScan.Fleet.Ledgers;

/// <summary>
/// Places where a test ends the process as a power cut would: killing at random misses what lasts a millisecond. Which, the environment says:
/// <c>CLOSURESCAN_FLEET_CRASH=NAME</c>, or <c>NAME:3</c> for the third time that the place is reached; with <c>stop-NAME</c> the process stands still there,
/// until it is woken. Without it nothing happens.
/// </summary>
internal static class CrashPoint
{
    public const string InPlan = "in-plan";
    public const string BeforeCommit = "before-commit";
    public const string InCommit = "in-commit";
    public const string InJudging = "in-judging";
    public const string AfterCommit = "after-commit";
    public const string BeforeAcknowledge = "before-acknowledge";
    public const string BeforePublish = "before-publish";

    /// <summary>Before a NAR is read; behind it comes the name of the store path.</summary>
    public const string Scanning = "scan-";

    private static readonly string? Wanted = Environment.GetEnvironmentVariable("CLOSURESCAN_FLEET_CRASH");

    private static int _reached;

    /// <summary>Ends the process if it is to end here.</summary>
    public static void Reach(string name)
    {
        if (Wanted is null)
        {
            return;
        }

        if (Wanted == "stop-" + name && Interlocked.Increment(ref _reached) == 1)
        {
            using Process stop = Process.Start("/bin/kill", ["-STOP", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
            stop.WaitForExit();
            return;
        }

        int colon = Wanted.IndexOf(':', StringComparison.Ordinal);
        int time = colon < 0 ? 1 : int.Parse(Wanted.AsSpan(colon + 1), CultureInfo.InvariantCulture);
        if (name == (colon < 0 ? Wanted : Wanted[..colon]) && Interlocked.Increment(ref _reached) == time)
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
