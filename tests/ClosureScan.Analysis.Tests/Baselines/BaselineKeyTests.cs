using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Tests.Policy;
using CsCheck;

namespace ClosureScan.Analysis.Tests.Baselines;

public sealed class BaselineKeyTests
{
    [Theory]
    [InlineData("kbd-2.6.4", "share/kbd-2.6.4/x", "share/kbd-{version}/x")]
    [InlineData("less-633", "share/less-633/x", "share/less-{version}/x")]
    [InlineData("less-6", "share/man/man6/less.6", "share/man/man6/less.6")]
    [InlineData("x-1", "lib/libfoo.so.6", "lib/libfoo.so.6")]
    [InlineData("x-1", "lib/libfoo.so.6.1.2", "lib/libfoo.so.{version}")]
    [InlineData("x-1", "lib/python3.11/_x.py", "lib/python{version}/_x.py")]
    [InlineData("x-1", "lib/9dpxzsgrfq4s82kg5pww7nkcwldb3fxz-bash/x", "lib/{hash}-bash/x")]
    [InlineData("x-1", "lib/debug/.build-id/3f/a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8.debug", "lib/debug/.build-id/{hash}/{hash}.debug")]
    [InlineData("x-1", "lib/libstd-0f1e2d3c4b5a6978.so", "lib/libstd-{hash}.so")]
    [InlineData("x-1", "share/deadbeefdeadbeefface", "share/deadbeefdeadbeefface")]
    public void A_file_name_keeps_what_an_update_keeps(string package, string file, string stable) =>
        Assert.Equal(stable, StableFileName.Of(file, new ReportBuilder().PathOf(package)));

    [Fact]
    public void A_key_of_any_file_name_is_read_back() =>
        Gen.String[Gen.Char, 0, 40].Sample(file =>
        {
            LeakReport report = Sample.Paths().Leak(LeakRule.ForeignReference, LeakEffect.Bloats, Sample.Curl, Sample.Wrapper, 1, (file, Evidence.Mechanism.Text)).Build();
            BaselineKey key = BaselineKey.For(report.Leaks[0], LeakRule.ForeignReference, file);

            return BaselineKey.TryParse(key.ToString(), out BaselineKey? read) && read == key && !key.ToString().Contains('\n', StringComparison.Ordinal) && key.File != BaselineKey.OtherFiles;
        }, iter: 2000, threads: 1);
}
