using System.Buffers.Binary;
using System.Text;
using ClosureScan.Media;

namespace ClosureScan.Nar;

/// <summary>
/// A run of strings that the grammar always has in the same order, compared in one go.
/// <code>
/// string      8-byte little-endian length, the bytes, zeros up to a multiple of 8
/// Archive     "nix-archive-1" "(" "type"                   56 bytes
/// Regular     "regular" "contents"                         32
/// Executable  "regular" "executable" "" "contents"         64
/// Symlink     "symlink" "target"                           32
/// Directory   "directory"                                  24
/// Entry       "entry" "(" "name"                           48
/// Node        "node" "(" "type"                            48
/// Close       ")"                                          16
/// CloseEntry  ")" ")"                                      32
/// </code>
/// An archive is a chain of these with names, targets and contents between them, so that an entry costs four comparisons
/// instead of ten. When none fits, the one that agrees longest tells which string is wrong: the place of an error is a
/// property of the bytes, not of how they were cut into buffers.
/// </summary>
internal sealed class NarToken
{
    private readonly byte[] _bytes;
    private readonly (int Offset, string Text, NarError Error)[] _strings;

    private NarToken(params (string Text, NarError Error)[] strings)
    {
        _strings = new (int, string, NarError)[strings.Length];
        using MemoryStream bytes = new();
        for (int index = 0; index < strings.Length; index++)
        {
            (string text, NarError error) = strings[index];
            _strings[index] = ((int)bytes.Length, text, error);
            byte[] padded = new byte[NarLimits.LengthSize + text.Length + NarLimits.Padding(text.Length)];
            BinaryPrimitives.WriteInt64LittleEndian(padded, text.Length);
            Encoding.ASCII.GetBytes(text, padded.AsSpan(NarLimits.LengthSize));
            bytes.Write(padded);
        }

        _bytes = bytes.ToArray();
    }

    public static NarToken Archive { get; } =
        new(("nix-archive-1", NarError.NotAnArchive), ("(", NarError.UnexpectedTag), ("type", NarError.UnexpectedTag));

    public static NarToken Regular { get; } =
        new(("regular", NarError.UnknownNodeType), ("contents", NarError.UnexpectedTag));

    public static NarToken Executable { get; } =
        new(("regular", NarError.UnknownNodeType), ("executable", NarError.UnexpectedTag),
            ("", NarError.NonEmptyExecutable), ("contents", NarError.UnexpectedTag));

    public static NarToken Symlink { get; } =
        new(("symlink", NarError.UnknownNodeType), ("target", NarError.UnexpectedTag));

    public static NarToken Directory { get; } = new(("directory", NarError.UnknownNodeType));

    public static NarToken Entry { get; } =
        new(("entry", NarError.UnexpectedTag), ("(", NarError.UnexpectedTag), ("name", NarError.UnexpectedTag));

    public static NarToken Node { get; } =
        new(("node", NarError.UnexpectedTag), ("(", NarError.UnexpectedTag), ("type", NarError.UnexpectedTag));

    public static NarToken Close { get; } = new((")", NarError.UnexpectedTag));

    public static NarToken CloseEntry { get; } = new((")", NarError.UnexpectedTag), (")", NarError.UnexpectedTag));

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>
    /// The first of <paramref name="expected"/> that <paramref name="input"/> begins with, or else the one that it agrees with
    /// longest; <paramref name="agreement"/> is by how many bytes. None of them is the beginning of another.
    /// </summary>
    public static NarToken Nearest(ReadOnlySpan<byte> input, NarToken[] expected, out int agreement)
    {
        NarToken nearest = expected[0];
        agreement = -1;
        foreach (NarToken token in expected)
        {
            int common = input.CommonPrefixLength(token._bytes);
            if (common > agreement)
            {
                nearest = token;
                agreement = common;
            }

            if (common == token._bytes.Length)
            {
                break;
            }
        }

        return nearest;
    }

    /// <summary>What a disagreement at byte <paramref name="position"/> of this token means.</summary>
    public NarFailure Explain(int position, ReadOnlySpan<byte> input)
    {
        int index = _strings.Length - 1;
        while (_strings[index].Offset > position)
        {
            index--;
        }

        (int offset, string text, NarError error) = _strings[index];
        return position >= offset + NarLimits.LengthSize + text.Length && text.Length > 0
            ? new NarFailure(NarError.NonZeroPadding, position, $"The padding of \"{text}\" is not zero")
            : new NarFailure(error, offset, $"Expected \"{text}\", found {Describe(input[offset..])}");
    }

    private static string Describe(ReadOnlySpan<byte> input)
    {
        const int LongestShown = 32;
        if (input.Length < NarLimits.LengthSize)
        {
            return "something else";
        }

        if (CompressionMagic.NameOf(input) is { } compression)
        {
            // As a length it would be one of a string that no archive begins with.
            return $"{compression} data, which are to be decompressed first";
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(input);
        input = input[NarLimits.LengthSize..];
        return length <= LongestShown && (int)length <= input.Length
            ? $"\"{NarText.Escape(input[..(int)length])}\""
            : $"a string of {length} bytes";
    }
}
