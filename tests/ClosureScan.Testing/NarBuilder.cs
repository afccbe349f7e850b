using System.Buffers.Binary;
using System.Text;

namespace ClosureScan.Testing;

/// <summary>
/// Builds the bytes of a NAR string by string, well-formed or with one thing broken. It shares no code with the library's
/// writer, so that one can judge the other.
/// </summary>
public sealed class NarBuilder
{
    private readonly List<byte> _bytes = [];

    /// <summary>Bytes so far: where the next string's length will lie.</summary>
    public long Position => _bytes.Count;

    /// <summary>A NAR of one file.</summary>
    public static byte[] OfFile(ReadOnlySpan<byte> contents, bool executable = false) =>
        new NarBuilder().Magic().File(contents, executable).ToArray();

    /// <summary>Appends a string, well-formed.</summary>
    public NarBuilder Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    /// <summary>Appends a string, well-formed.</summary>
    public NarBuilder Text(ReadOnlySpan<byte> text) => Length((ulong)text.Length).Raw(text).Zeros(-text.Length & 7);

    /// <summary>Appends a string whose last padding byte is not zero.</summary>
    public NarBuilder BadlyPadded(string text)
    {
        Text(text);
        _bytes[^1] = 1;
        return this;
    }

    /// <summary>Appends a length.</summary>
    public NarBuilder Length(ulong length)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        return Raw(bytes);
    }

    /// <summary>Appends bytes as they are.</summary>
    public NarBuilder Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>Appends zeros.</summary>
    public NarBuilder Zeros(int count) => Raw(new byte[count]);

    /// <summary>Appends the string every NAR begins with.</summary>
    public NarBuilder Magic() => Text("nix-archive-1");

    /// <summary>Appends a node that is a file.</summary>
    public NarBuilder File(ReadOnlySpan<byte> contents, bool executable = false)
    {
        Text("(").Text("type").Text("regular");
        if (executable)
        {
            Text("executable").Text("");
        }

        return Text("contents").Text(contents).Text(")");
    }

    /// <summary>Appends a node that is a file.</summary>
    public NarBuilder File(string contents, bool executable = false) => File(Encoding.UTF8.GetBytes(contents), executable);

    /// <summary>Appends a node that is a symlink.</summary>
    public NarBuilder Symlink(ReadOnlySpan<byte> target) =>
        Text("(").Text("type").Text("symlink").Text("target").Text(target).Text(")");

    /// <summary>Appends a node that is a symlink.</summary>
    public NarBuilder Symlink(string target) => Symlink(Encoding.UTF8.GetBytes(target));

    /// <summary>Appends a node that is a directory with the entries that <paramref name="entries"/> appends.</summary>
    public NarBuilder Directory(Action<NarBuilder>? entries = null)
    {
        Text("(").Text("type").Text("directory");
        entries?.Invoke(this);
        return Text(")");
    }

    /// <summary>Appends an entry with the node that <paramref name="node"/> appends.</summary>
    public NarBuilder Entry(ReadOnlySpan<byte> name, Action<NarBuilder> node)
    {
        Text("entry").Text("(").Text("name").Text(name).Text("node");
        node(this);
        return Text(")");
    }

    /// <summary>Appends an entry with the node that <paramref name="node"/> appends.</summary>
    public NarBuilder Entry(string name, Action<NarBuilder> node) => Entry(Encoding.UTF8.GetBytes(name), node);

    /// <summary>The bytes so far.</summary>
    public byte[] ToArray() => [.. _bytes];
}
