using ClosureScan.Stores.Ssh;

namespace ClosureScan.Stores.Tests.Ssh;

public sealed class SshTests
{
    [Theory]
    [InlineData("ssh://pi", "pi -- 'nix-store --serve'")]
    [InlineData("ssh://me@pi:2222", "-p 2222 me@pi -- 'nix-store --serve'")]
    [InlineData("ssh://pi?ssh-key=/k&compress=true", "-i /k -C pi -- 'nix-store --serve'")]
    [InlineData("ssh://pi?remote-program=/opt/nix-store&remote-store=/mnt/root", "pi -- '/opt/nix-store --serve --store /mnt/root'")]
    [InlineData("ssh://[::1]:22", "-p 22 ::1 -- 'nix-store --serve'")]
    [InlineData("ssh://::1", "::1 -- 'nix-store --serve'")]
    public void Ssh_is_told_what_the_URI_says(string uri, string arguments)
    {
        SshTarget target = SshTarget.Parse(StoreUri.Parse(uri), "nix-store");
        Assert.Equal("-x -a -T " + arguments, string.Join(' ', SshPeer.Arguments(target, ["--serve"], knownHosts: null).Select(ShellWords.Quote)));
    }

    [Fact]
    public void A_remote_store_is_one_word_of_the_other_sides_shell()
    {
        SshTarget target = SshTarget.Parse(StoreUri.Parse("ssh://pi?remote-store=a;reboot'"), "nix-store");
        Assert.Equal("nix-store --serve --store 'a;reboot'\\'''", SshPeer.Arguments(target, ["--serve"], knownHosts: null).Last());
    }

    [Theory]
    [InlineData("ssh://")]
    [InlineData("ssh://-oProxyCommand=reboot")]
    [InlineData("ssh://-l@pi")]
    [InlineData("ssh://me@-pi")]
    [InlineData("ssh://pi;reboot")]
    [InlineData("ssh://pi reboot")]
    [InlineData("ssh://pi:0")]
    [InlineData("ssh://pi:x")]
    public void What_is_no_machine_is_refused(string uri) => Assert.Throws<StoreUriException>(() => SshTarget.Parse(StoreUri.Parse(uri), "nix-store"));

    [Theory]
    [InlineData("", "")]
    [InlineData("  -o  A=b ", "-o|A=b")]
    [InlineData("-o 'ProxyCommand=nc %h %p' \"-i\" a\\ b", "-o|ProxyCommand=nc %h %p|-i|a b")]
    [InlineData("a''b \"\\\"c\\d\"", "ab|\"c\\d")]
    public void Options_are_split_as_a_shell_does(string line, string words) => Assert.Equal(words, string.Join('|', ShellWords.Split(line)));
}
