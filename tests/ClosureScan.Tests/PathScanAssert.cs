namespace ClosureScan.Tests;

/// <summary>Compares scans, and says in which part they differ.</summary>
internal static class PathScanAssert
{
    public static void Equal(PathScan expected, PathScan actual)
    {
        Assert.Equal(expected.References, actual.References);
        Assert.Equal(expected.Hidden, actual.Hidden);
        Assert.Equal(expected.Undeclared, actual.Undeclared);
        Assert.Equal(expected.BuildPaths, actual.BuildPaths);
        Assert.Equal(expected.Scrubbed, actual.Scrubbed);
        Assert.Equal(expected.Opaque, actual.Opaque);
        Assert.Equal(expected.Remarks, actual.Remarks);
        Assert.Equal(expected.Platforms, actual.Platforms);
        Assert.Equal(expected.Problems, actual.Problems);
        Assert.Equal(expected, actual);
        Assert.Equal(expected.GetHashCode(), actual.GetHashCode());
    }
}
