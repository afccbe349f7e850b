namespace ClosureScan;

/// <summary>Why a scan is incomplete: something could not be read or failed a check.</summary>
/// <param name="Path">The store path, file or address concerned, as a person would name it.</param>
/// <param name="Message">What is wrong, where, and what to do next.</param>
public sealed record ScanProblem(string Path, string Message)
{
    /// <summary>The path and the message on one line.</summary>
    public override string ToString() => $"{Path}: {Message}";
}
