using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>What the directory of a file says of who reads it.</summary>
internal static class PathDirectories
{
    private static readonly string[] Documentation = ["share/doc/", "share/man/", "share/info/", "share/gtk-doc/", "share/devhelp/", "share/licenses/", "doc/", "man/"];

    /// <summary>Where a file lies, for whoever reads the words of its path: the member of a container below the container.</summary>
    public static string PlaceOf(IdentifiedFile file) => file.Member is null ? file.File : $"{file.File}/{file.Member.Replace(':', '/')}";

    /// <summary>Whether it is a directory of commands.</summary>
    public static bool IsProgramDirectory(string file) =>
        file.StartsWith("bin/", StringComparison.Ordinal) || file.StartsWith("sbin/", StringComparison.Ordinal);

    /// <summary>Whether people read it and nothing runs it: documentation, and the examples in it and beside it.</summary>
    public static bool IsForReaders(string file) =>
        Array.Exists(Documentation, directory => file.StartsWith(directory, StringComparison.Ordinal))
        || file.Contains("/examples/", StringComparison.Ordinal) || file.Contains("/doc/", StringComparison.Ordinal) || file.Contains("/docs/", StringComparison.Ordinal);
}
