using System.Buffers;
using System.Text;

namespace ClosureScan.Platforms;

/// <summary>Reads the first line of scripts, as Linux does (fs/binfmt_script.c): 256 bytes of it count.</summary>
internal static class ScriptIdentifier
{
    private const int MaxLineLength = 256;

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\n\0"u8);

    /// <summary>Whether the bytes begin as a script does.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> head) => head.StartsWith("#!"u8);

    /// <summary>
    /// Identifies a file that begins with <c>#!</c>. It is a script when a word of a path's characters follows: a path, or a bare
    /// name as in <c>#!python</c> of Python wheels. <c>#![feature]</c> is Rust.
    /// </summary>
    /// <returns>The script, or null when the line is none.</returns>
    public static FileIdentity? Identify(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> line = head[..Math.Min(head.Length, MaxLineLength)];
        int end = line.IndexOfAny(LineEnds);
        bool isCut = end < 0 && head.Length > MaxLineLength;
        line = (end < 0 ? line : line[..end])[2..].Trim(" \t\r"u8);
        int wordEnd = line.IndexOfAny((byte)' ', (byte)'\t');
        ReadOnlySpan<byte> interpreter = wordEnd < 0 ? line : line[..wordEnd];

        // A path that reaches past the 256 bytes is none the kernel would find.
        if (interpreter.IsEmpty || (isCut && wordEnd < 0) || !IsPathStart(interpreter[0]))
        {
            return null;
        }

        ReadOnlySpan<byte> arguments = wordEnd < 0 ? default : line[wordEnd..].Trim(" \t"u8);
        return new FileIdentity
        {
            Format = FileFormat.Script,
            Role = FileRole.Script,
            Interpreter = Encoding.UTF8.GetString(interpreter),
            InterpreterArguments = arguments.IsEmpty ? null : Encoding.UTF8.GetString(arguments),
        };
    }

    private static bool IsPathStart(byte first) => first is (byte)'/' or (byte)'.' || char.IsAsciiLetterOrDigit((char)first);
}
