using System.Collections.Immutable;
using ClosureScan.Evidence;
using ClosureScan.Platforms;

namespace ClosureScan.Tests;

public sealed class PlatformCensusTests
{
    [Fact]
    public void Programs_with_gigabytes_of_library_names_are_counted_and_few_of_them_named()
    {
        RemarkBook remarks = new();
        PlatformCensus census = new(remarks);
        FileIdentity heavy = Program("x86_64") with { Needed = [.. Enumerable.Repeat(new string('n', 10_000), 100)] };
        for (int file = 0; file < 1_000; file++)
        {
            census.Add("bin/app"u8, 1, 0, executable: true, heavy);
        }

        census.Add("bin/other"u8, 1, 0, executable: true, Program("aarch64"));

        ImmutableArray<PlatformTally> tallies = census.Drain();
        Assert.Equal([("x86_64", 1_000L, 16), ("aarch64", 1, 0)], tallies.Select(tally => (tally.Platform!.Cpu, tally.FileCount, tally.Files.Length)));
        ScanRemark remark = Assert.Single(remarks.Drain());
        Assert.Equal((ScanRemarkKind.CensusBounded, 985L), (remark.Kind, remark.Count));

        census.Add("bin/other"u8, 1, 0, executable: true, Program("aarch64"));
        Assert.Single(Assert.Single(census.Drain()).Files);
    }

    [Fact]
    public void Kinds_beyond_the_bound_are_counted_as_one_that_cannot_be_told()
    {
        RemarkBook remarks = new();
        PlatformCensus census = new(remarks);
        for (int kind = 0; kind < 1_000; kind++)
        {
            census.Add("bin/app"u8, 1, 0, executable: true, Program($"cpu{kind}"));
        }

        ImmutableArray<PlatformTally> tallies = census.Drain();
        Assert.Equal((513, 1_000L), (tallies.Length, tallies.Sum(tally => tally.FileCount)));
        Assert.Equal((null, 488L), (tallies[0].Platform, tallies[0].FileCount));
        Assert.Equal(488, Assert.Single(remarks.Drain()).Count);
    }

    private static FileIdentity Program(string cpu) =>
        new() { Format = FileFormat.Elf, Role = FileRole.Program, Platform = new Platform { Cpu = cpu, Bits = 64 } };
}
