using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Architecture;

/// <summary>The top level of the repository is for what everybody looks for first.</summary>
public sealed class TopLevelTests
{
    private static readonly string[] Allowed =
        ["ClosureScan.sln", "Directory.Build.props", "LICENSE", "README.md", "benchmarks", "samples", "src", "tests"];

    [Fact]
    public void Top_level_holds_only_what_belongs_there()
    {
        HashSet<string> ignored =
        [
            .. File.ReadLines(Repository.PathOf(".gitignore")).Where(line => line.EndsWith('/')).Select(line => line.TrimEnd('/')),
        ];

        IEnumerable<string> others = new DirectoryInfo(Repository.Root).EnumerateFileSystemInfos()
            .Select(entry => entry.Name)
            .Where(name => name[0] != '.' && !ignored.Contains(name))
            .Except(Allowed);

        Assert.Empty(others);
    }
}
