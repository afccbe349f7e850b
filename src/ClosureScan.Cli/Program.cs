namespace ClosureScan.Cli;

internal static class Program
{
    private static int Main() => 4;
}
