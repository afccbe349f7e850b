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
        Equal(expected.BuildPaths, actual.BuildPaths);
        Equal(expected.Scrubbed, actual.Scrubbed);
        Assert.Equal(expected.Remarks.Select(Flat), actual.Remarks.Select(Flat));
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

    private static void Equal(FoundText expected, FoundText actual)
    {
        Assert.Equal((expected.Count, expected.FileCount), (actual.Count, actual.FileCount));
        Assert.Equal(expected.Evidence, actual.Evidence);
    }

    private static PathScan Flat(PathScan scan) => scan with
    {
        References = [],
        Platforms = [],
        Undeclared = [],
        Hidden = [],
        BuildPaths = FoundText.None,
        Scrubbed = FoundText.None,
        Remarks = [],
        Problems = [],
    };

    private static (ScanRemarkKind Kind, long Count, string Files) Flat(ScanRemark remark) => (remark.Kind, remark.Count, string.Join('|', remark.Files));

    private static FoundReference Flat(FoundReference found) => found with { Evidence = [] };
}
