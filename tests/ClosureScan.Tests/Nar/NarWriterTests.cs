using System.IO.Pipelines;
using ClosureScan.Nar;
using ClosureScan.Testing;

namespace ClosureScan.Tests.Nar;

/// <summary>What the writer writes the builder builds, and what Nix refuses it does not write.</summary>
public sealed class NarWriterTests : IDisposable
{
    private readonly MemoryStream _stream = new();

    public void Dispose() => _stream.Dispose();

    [Fact]
    public void Tree_is_written_as_the_format_says()
    {
        NarWriter writer = new(_stream);
        writer.BeginDirectory([]);
        Assert.Equal(264, writer.BeginFile("a"u8, 9, executable: true));
        writer.WriteContents("12345"u8);
        writer.WriteContents("6789"u8);
        writer.BeginDirectory("d"u8);
        writer.EndDirectory();
        writer.BeginFile("empty"u8, 0, executable: false);
        writer.WriteSymlink("link"u8, "target"u8);
        Assert.False(writer.IsComplete);
        writer.EndDirectory();
        Assert.True(writer.IsComplete);
        byte[] expected = new NarBuilder().Magic().Directory(root => root
            .Entry("a", a => a.File("123456789", executable: true)).Entry("d", d => d.Directory())
            .Entry("empty", e => e.File("")).Entry("link", l => l.Symlink("target"))).ToArray();
        Assert.Equal(expected, _stream.ToArray());
        Assert.Equal(expected.Length, writer.Position);
    }

    [Fact]
    public async Task Longest_names_and_targets_in_the_deepest_directory_are_read_back()
    {
        byte[] longest = [.. Enumerable.Repeat((byte)0xFF, 255)];
        NarWriter writer = new(_stream);
        writer.BeginDirectory([]);
        for (int depth = 1; depth < 63; depth++)
        {
            writer.BeginDirectory(longest);
        }

        writer.WriteSymlink(longest, new byte[4095].Select(_ => (byte)'t').ToArray());
        while (!writer.IsComplete)
        {
            writer.EndDirectory();
        }

        Transcript read = await Transcript.OfAsync(PipeReader.Create(new(_stream.ToArray())), skipContents: false);
        Assert.Null(read.Error);
        Assert.Equal(writer.Position, read.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\0")]
    [InlineData("m")]
    [InlineData("a")]
    public void Name_that_nix_refuses_is_an_argument_exception(string name)
    {
        NarWriter writer = new(_stream);
        writer.BeginDirectory([]);
        writer.WriteSymlink("m"u8, "t"u8);
        Assert.Throws<ArgumentException>(() => writer.WriteSymlink(System.Text.Encoding.UTF8.GetBytes(name), "t"u8));
    }

    [Fact]
    public void Call_out_of_turn_is_an_invalid_operation()
    {
        NarWriter writer = new(_stream);
        Assert.Throws<InvalidOperationException>(writer.EndDirectory);
        writer.BeginFile([], 3, executable: false);
        Assert.Throws<InvalidOperationException>(() => writer.WriteContents("four"u8));
        Assert.Throws<InvalidOperationException>(() => writer.BeginDirectory("a"u8));
        writer.WriteContents("one"u8);
        Assert.Throws<InvalidOperationException>(() => writer.BeginDirectory("a"u8));
    }

    [Fact]
    public void Directory_at_depth_64_is_refused()
    {
        NarWriter writer = new(_stream);
        writer.BeginDirectory([]);
        for (int depth = 1; depth < 64; depth++)
        {
            writer.BeginDirectory("d"u8);
        }

        Assert.Throws<InvalidOperationException>(() => writer.BeginDirectory("d"u8));
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_escaped_in_text() =>
        Assert.Equal("ä\\xf5tan\\xff\\xe4\U0001F600", NarText.Escape([.. "ä"u8, 0xF5, .. "tan"u8, 0xFF, 0xE4, .. "\U0001F600"u8]));
}
