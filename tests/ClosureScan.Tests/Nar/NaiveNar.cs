using System.Buffers.Binary;
using ClosureScan.Nar;

namespace ClosureScan.Tests.Nar;

/// <summary>
/// The oracle: the grammar as the Nix manual prints it, by recursive descent, one string at a time over bytes in memory.
/// Depth is bounded like everything else, so the recursion is harmless here.
/// </summary>
internal sealed class NaiveNar
{
    private readonly byte[] _nar;
    private readonly List<string> _entries = [];
    private int _position;

    private NaiveNar(byte[] nar) => _nar = nar;

    /// <summary>Judges some bytes; what follows the archive is not looked at.</summary>
    public static Verdict Read(byte[] nar)
    {
        NaiveNar reader = new(nar);
        try
        {
            reader.Expect("nix-archive-1");
            reader.Node([], 0, 0);
            return new Verdict(true, string.Join('\n', reader._entries));
        }
        catch (InvalidDataException)
        {
            return new Verdict(false, string.Join('\n', reader._entries));
        }
    }

    private void Node(byte[] path, int nameOffset, int depth)
    {
        Require(depth < 64);
        Expect("(");
        Expect("type");
        string type = Text();
        byte[] name = path[(Array.LastIndexOf(path, (byte)'/') + 1)..];
        string where = $"\"{NarText.Escape(path)}\" ({NarText.Escape(name)})";
        switch (type)
        {
            case "regular":
                string tag = Text();
                bool executable = tag == "executable";
                if (executable)
                {
                    Expect("");
                    tag = Text();
                }

                Require(tag == "contents");
                byte[] contents = String(out int contentsOffset);
                _entries.Add($"File {where} @{nameOffset} {contents.Length} {executable} @{contentsOffset}");
                _entries.Add(Convert.ToHexStringLower(contents));
                Expect(")");
                break;
            case "symlink":
                Expect("target");
                byte[] target = String(out int targetOffset);
                Require(target.Length is > 0 and < 4096 && !target.Contains((byte)0));
                _entries.Add($"Symlink {where} @{nameOffset} -> {NarText.Escape(target)} @{targetOffset}");
                Expect(")");
                break;
            case "directory":
                _entries.Add($"Directory {where} @{nameOffset}");
                byte[] last = [];
                while ((tag = Text()) == "entry")
                {
                    Expect("(");
                    Expect("name");
                    byte[] entry = String(out int entryOffset);
                    Require(entry.Length is > 0 and < 256 && !entry.Contains((byte)0) && !entry.Contains((byte)'/'));
                    Require(!entry.SequenceEqual("."u8.ToArray()) && !entry.SequenceEqual(".."u8.ToArray()));
                    Require(last.Length == 0 || entry.AsSpan().SequenceCompareTo(last) > 0);
                    last = entry;
                    Expect("node");
                    Node(path.Length == 0 ? entry : [.. path, (byte)'/', .. entry], entryOffset, depth + 1);
                    Expect(")");
                }

                Require(tag == ")");
                _entries.Add($"EndOfDirectory {where}");
                break;
            default:
                throw new InvalidDataException();
        }
    }

    private string Text() => string.Concat(String(out _).Select(character => (char)character));

    private void Expect(string text) => Require(Text() == text);

    private byte[] String(out int offset)
    {
        Require(_nar.Length - _position >= 8);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(_nar.AsSpan(_position));
        offset = _position + 8;
        Require(length <= (ulong)(_nar.Length - offset));
        int end = offset + (int)length;
        int padded = offset + (((int)length + 7) / 8 * 8);
        Require(padded <= _nar.Length && !_nar.AsSpan(end, padded - end).ContainsAnyExcept((byte)0));
        _position = padded;
        return _nar[offset..end];
    }

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new InvalidDataException();
        }
    }

    /// <summary>Whether some bytes begin with a NAR, and its entries as a <see cref="Transcript"/> tells them.</summary>
    internal sealed record Verdict(bool IsWellFormed, string Entries);
}
