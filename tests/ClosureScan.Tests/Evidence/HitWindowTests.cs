using System.Text;
using ClosureScan.Evidence;
using static ClosureScan.Tests.Evidence.EvidenceHarness;

namespace ClosureScan.Tests.Evidence;

public sealed class HitWindowTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("/", null)]
    [InlineData("/bin/bash", "/bin/bash")]
    [InlineData("/bin:/usr/bin", "/bin")]
    [InlineData("/bin/sh\" --login", "/bin/sh")]
    [InlineData("/share/doc. Then", "/share/doc")]
    [InlineData("/lib/libfoo.so.1,-z,now", "/lib/libfoo.so.1")]
    [InlineData("/include=/nowhere", "/include")]
    [InlineData("/lib/systemd/system/getty@.service'", "/lib/systemd/system/getty@.service")]
    [InlineData("/lib/${ABI}/x", "/lib")]
    [InlineData("/bin\\", "/bin")]
    public void Sub_path_ends_where_a_path_ends(string rest, string? expected) => Assert.Equal(expected ?? "", SubPath(Window($"x {Bash}{rest}")));

    [Fact]
    public void Hash_without_a_name_has_no_sub_path() => Assert.Empty(SubPath(Window($"'{BashHash}'")));

    [Fact]
    public void Hash_alone_may_still_be_followed_by_a_path() => Assert.Equal("/bin", SubPath(Window($"{BashHash}/bin")));

    [Fact]
    public void Long_line_is_cut_around_the_whole_store_path()
    {
        string context = Context(Window(new string('a', 400) + $" {Bash}/bin/bash " + new string('b', 400)));

        Assert.InRange(context.Length, 150, 200);
        Assert.Contains($"a {Bash}/bin/bash b", context, StringComparison.Ordinal);
    }

    [Fact]
    public void Longest_name_is_not_cut()
    {
        string path = $"/nix/store/{BashHash}-" + new string('n', 211);

        Assert.Contains(path, Context(Window(new string(' ', 100) + $"{path} " + new string('b', 400))), StringComparison.Ordinal);
    }

    [Fact]
    public void Hit_at_the_very_end_of_the_bytes_is_shown()
    {
        HitWindow window = Window(BashHash);

        Assert.Empty(SubPath(window));
        Assert.Equal(BashHash, Context(window));
    }

    private static string SubPath(HitWindow window) => Encoding.Latin1.GetString(window.SubPath);

    private static string Context(HitWindow window) => Encoding.Latin1.GetString(window.Context(isText: true));

    private static HitWindow Window(string text) =>
        new(Encoding.Latin1.GetBytes(text), text.IndexOf(BashHash, StringComparison.Ordinal));
}
