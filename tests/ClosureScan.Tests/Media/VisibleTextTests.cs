using System.Text;
using ClosureScan.Media;

namespace ClosureScan.Tests.Media;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("bin/curl-config", "bin/curl-config")]
    [InlineData("größe → 大", "größe → 大")]
    [InlineData("a\e[31mb\r\n\0", @"a\x1b[31mb\x0d\x0a\x00")]
    [InlineData("\u009b2J", @"\xc2\x9b2J")]
    [InlineData("a\u202egnp.b", @"a\xe2\x80\xaegnp.b")]
    [InlineData("a\u2028b\ufeff", @"a\xe2\x80\xa8b\xef\xbb\xbf")]
    [InlineData("😀", "😀")]
    [InlineData("x ##[error]y", @"x #\x23[error]y")]
    [InlineData("##VSO[task.complete]", @"#\x23VSO[task.complete]")]
    [InlineData("## a heading", "## a heading")]
    [InlineData(@"\x1b", @"\x1b")]
    public void Text_is_shown_and_what_acts_is_told_as_bytes(string text, string visible) => Assert.Equal(visible, VisibleText.Of(text));

    [Theory]
    [InlineData("::error::x", @"\x3a:error::x")]
    [InlineData("  ::error::x", @"  \x3a:error::x")]
    [InlineData(":", @"\x3a")]
    [InlineData(":1:2", ":1:2")]
    [InlineData("a::b", "a::b")]
    public void Line_does_not_begin_like_a_command(string text, string expected) => Assert.Equal(expected, VisibleText.AtLineStart(text).ToString());

    [Fact]
    public void Half_of_a_pair_is_told_as_the_replacement_character() => Assert.Equal(@"a\xef\xbf\xbdb", VisibleText.Of("a\ud800b"));

    [Fact]
    public void Message_encodes_what_it_is_made_from_and_keeps_its_own_lines()
    {
        MessageText inner = $"{"a\nb"}\nc";
        MessageText message = $"no {"\e"}:\n{inner}\n{MessageText.Lines(["d\r", "e"])} {7}";

        Assert.Equal("no \\x1b:\na\\x0ab\nc\nd\\x0d\ne 7", message.ToString());
    }

    [Fact]
    public void No_visible_text_has_a_character_that_acts()
    {
        foreach (int value in Enumerable.Range(0, 0x110000).Where(Rune.IsValid))
        {
            string visible = VisibleText.Of(new Rune(value).ToString());
            Assert.Equal(visible, VisibleText.Of(visible));
            Assert.DoesNotContain(visible, static character => char.IsControl(character));
        }
    }
}
