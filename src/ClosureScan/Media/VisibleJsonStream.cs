using System.Buffers;
using System.Globalization;
using System.Text;

namespace ClosureScan.Media;

/// <summary>
/// JSON on its way out, in which what reorders or hides text is written as <c>\uNNNN</c>: whoever shows the document as it is sees all of it, and who reads
/// it as JSON gets the same text. Takes UTF-8; does not own its output.
/// </summary>
/// <remarks>
/// Whatever is not ASCII stands between quotation marks, so no grammar needs to be known here. An encoder of <c>System.Text.Json</c> could do this as
/// well, but one's own has to be made of pointers, and the ones that there are escape plus signs and apostrophes of paths and scripts too.
/// </remarks>
/// <param name="output">Where to.</param>
internal sealed class VisibleJsonStream(Stream output) : Stream
{
    // A character whose end is in the next piece.
    private readonly byte[] _character = new byte[4];
    private int _length;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (_length == 0)
            {
                int plain = buffer.IndexOfAnyExceptInRange((byte)0, (byte)0x7f);
                output.Write(plain < 0 ? buffer : buffer[..plain]);
                if (plain < 0)
                {
                    return;
                }

                buffer = buffer[plain..];
            }

            _character[_length++] = buffer[0];
            buffer = buffer[1..];
            if (Rune.DecodeFromUtf8(_character.AsSpan(0, _length), out Rune rune, out _) != OperationStatus.NeedMoreData)
            {
                WriteCharacter(rune);
                _length = 0;
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() => output.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private void WriteCharacter(Rune rune)
    {
        if (VisibleText.IsVisible(rune))
        {
            output.Write(_character.AsSpan(0, _length));
            return;
        }

        Span<char> units = stackalloc char[2];
        foreach (char unit in units[..rune.EncodeToUtf16(units)])
        {
            output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}")));
        }
    }
}
