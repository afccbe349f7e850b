using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Tests.Policy;
using ClosureScan.Platforms;
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
    [InlineData("x-1", "lib/python3.12/_x.cpython-312-arm-linux-gnueabihf.so", "lib/python{version}/_x.cpython-{version}-arm-linux-gnueabihf.so")]
    [InlineData("x-1", "share/deadbeefdeadbeefface", "share/deadbeefdeadbeefface")]
    public void A_file_name_keeps_what_an_update_keeps(string package, string file, string stable) =>
        Assert.Equal(stable, StableFileName.Of(file, new ReportBuilder().PathOf(package)));

    [Theory]
    [InlineData("python3.12-cffi-1.16.0", "python-cffi")]
    [InlineData("perl5.38.2-Foo-1", "perl-Foo")]
    [InlineData("ruby3.3-x-1", "ruby-x")]
    [InlineData("lua5.4-y-1", "lua-y")]
    [InlineData("ocaml5.1.1-z-1", "ocaml-z")]
    [InlineData("python3-3.12.3", "python3")]
    [InlineData("glibc-2.38-dev", "glibc.dev")]
    public void A_package_keeps_its_name_when_its_interpreter_is_updated(string name, string package) =>
        Assert.Equal(package, PackageNames.Of(new ReportBuilder().PathOf(name)));

    [Fact]
    public void A_key_of_any_file_name_is_read_back() =>
        Gen.String[Gen.Char, 0, 40].Sample(file =>
        {
            ClosureReport report = Sample.Paths().Finding(RuleIds.ForeignReference, Effect.Bloats, Sample.Curl, Sample.Wrapper, 1, (file, Evidence.Mechanism.Text)).Build();
            BaselineEntry entry = Assert.Single(Baseline.EntriesOf(report.Findings));

            return BaselineEntry.TryParse(entry.ToString(), out BaselineEntry? read) && read == entry && !entry.ToString().Contains('\n', StringComparison.Ordinal);
        }, iter: 2000, threads: 1);
}
