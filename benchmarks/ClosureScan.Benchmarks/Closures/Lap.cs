namespace ClosureScan.Benchmarks.Closures;

/// <summary>What one contestant took: by the clock, and of all processors, its child processes included.</summary>
internal readonly record struct Lap(double Seconds, double ProcessorSeconds);
