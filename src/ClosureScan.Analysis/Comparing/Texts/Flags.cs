namespace ClosureScan.Analysis.Comparing.Texts;

/// <summary>Lists of compiler and linker flags, as sets.</summary>
internal static class Flags
{
    /// <summary>The flags that only one side has, in its order; null for none.</summary>
    public static (string? Cross, string? Native) Difference(string cross, string native)
    {
        string[] left = cross.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        string[] right = native.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return (Join(left.Except(right)), Join(right.Except(left)));
    }

    private static string? Join(IEnumerable<string> flags) => string.Join(' ', flags) is { Length: > 0 } text ? text : null;
}
