using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Architecture;

/// <summary>The source files of the projects below src/.</summary>
internal static class SourceFiles
{
    public static string[] Projects { get; } =
        [.. Directory.EnumerateDirectories(Repository.PathOf("src")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    /// <summary>Every C# file of a project, as paths from the project's folder, written with slashes.</summary>
    public static IEnumerable<string> Of(string project) =>
        Directory.EnumerateFiles(Repository.PathOf($"src/{project}"), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.PathOf($"src/{project}"), file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("bin/", StringComparison.Ordinal) && !file.StartsWith("obj/", StringComparison.Ordinal));

    /// <summary>The text of one of those files.</summary>
    public static string Read(string project, string file) => File.ReadAllText(Repository.PathOf($"src/{project}/{file}"));
}
