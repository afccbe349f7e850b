namespace ClosureScan.Cli.Rendering;

/// <summary>What the table of sizes is sorted by; the largest first, names from A.</summary>
internal enum SizeOrder
{
    Added,
    Closure,
    Self,
    Name,
}
