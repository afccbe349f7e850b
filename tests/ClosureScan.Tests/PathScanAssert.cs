namespace ClosureScan.Tests;

/// <summary>Compares scans by value: the lists in their records compare by identity.</summary>
internal static class PathScanAssert
{
    public static void Equal(PathScan expected, PathScan actual)
    {
        Assert.Equal(Flat(expected), Flat(actual));
        Assert.Equal(expected.References.Select(Flat), actual.References.Select(Flat));
        Assert.Equal(expected.References.SelectMany(found => found.Evidence), actual.References.SelectMany(found => found.Evidence));
        Assert.Equal(expected.Hidden.Select(Flat), actual.Hidden.Select(Flat));
        Assert.Equal(expected.Hidden.SelectMany(found => found.Evidence), actual.Hidden.SelectMany(found => found.Evidence));
        Assert.Equal(expected.BuildPaths, actual.BuildPaths);
        Assert.Equal(expected.Undeclared.Select(Flat), actual.Undeclared.Select(Flat));
        Assert.Equal(expected.Undeclared.SelectMany(found => found.Evidence), actual.Undeclared.SelectMany(found => found.Evidence));
        Assert.Equal(
            expected.Platforms.Select(tally => (tally.Role, tally.Platform, tally.FileCount, tally.ByteCount)),
            actual.Platforms.Select(tally => (tally.Role, tally.Platform, tally.FileCount, tally.ByteCount)));
        Assert.Equal(
            expected.Platforms.SelectMany(tally => tally.Files).Select(file => (file.File, file.Size, file.Executable)),
            actual.Platforms.SelectMany(tally => tally.Files).Select(file => (file.File, file.Size, file.Executable)));
        Assert.Equal(expected.Problems, actual.Problems);
    }

    private static PathScan Flat(PathScan scan) => scan with { References = [], Platforms = [], Undeclared = [], Hidden = [], BuildPaths = [], Problems = [] };

    private static FoundReference Flat(FoundReference found) => found with { Evidence = [] };
}
