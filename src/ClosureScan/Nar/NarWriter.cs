using System.Buffers.Binary;

namespace ClosureScan.Nar;

/// <summary>
/// Writes one NAR, entry by entry, in the order and within the limits that Nix demands: what it has written,
/// <see cref="NarReader"/> reads. Each call writes to the stream at once and in few pieces; it neither buffers nor flushes.
/// </summary>
/// <remarks>
/// One thread at a time. The root is the first entry and its name is not written, so pass an empty one.
/// A name or target that Nix refuses is an <see cref="ArgumentException"/>, a call out of turn an <see cref="InvalidOperationException"/>.
/// </remarks>
public sealed class NarWriter
{
    // Room for the longest run between contents: the end of a file, an entry with the longest name, and a type.
    private readonly byte[] _framing = new byte[640];
    private readonly Stream _destination;
    private int _framed;
    private long _contentsLeft;
    private int _contentsPadding;
    private bool _isBegun;

    /// <summary>Makes a writer of one archive to <paramref name="destination"/>, which stays open.</summary>
    public NarWriter(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        _destination = destination;
    }

    /// <summary>Bytes written so far; after the last entry, the NarSize of Nix.</summary>
    public long Position { get; private set; }

    /// <summary>Whether the archive is complete.</summary>
    public bool IsComplete => _isBegun && Path.Depth == 0 && _contentsLeft == 0;

    /// <summary>The entry begun last, and the stack.</summary>
    internal EntryPath Path { get; } = new();

    /// <summary>Where the name of the entry begun last lies; 0 for the root.</summary>
    internal long NameOffset { get; private set; }

    /// <summary>Begins a directory; entries follow, then <see cref="EndDirectory"/>.</summary>
    public void BeginDirectory(ReadOnlySpan<byte> name)
    {
        BeginEntry(name);
        Append(NarToken.Directory);
        Path.Enter();
        Send();
    }

    /// <summary>Ends the directory begun last.</summary>
    public void EndDirectory()
    {
        if (Path.Depth == 0 || _contentsLeft > 0)
        {
            throw new InvalidOperationException("No directory can end here.");
        }

        Path.Leave();
        EndNode();
        Send();
    }

    /// <summary>Writes a symlink.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="target">1 to 4095 bytes, none of them zero.</param>
    /// <returns>Where the target's first byte lies in the archive.</returns>
    public long WriteSymlink(ReadOnlySpan<byte> name, ReadOnlySpan<byte> target)
    {
        if (!NarLimits.IsTarget(target))
        {
            throw new ArgumentException($"\"{NarText.Escape(target)}\" can not be the target of a symlink.", nameof(target));
        }

        BeginEntry(name);
        Append(NarToken.Symlink);
        AppendLength(target.Length);
        Send();
        long offset = Position;
        Write(target);
        AppendPadding(target.Length);
        EndNode();
        Send();
        return offset;
    }

    /// <summary>Begins a file; its contents follow through <see cref="WriteContents"/> and end it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="length">The length of its contents in bytes.</param>
    /// <param name="executable">Whether its owner may execute it.</param>
    /// <returns>Where the file's first byte lies in the archive.</returns>
    public long BeginFile(ReadOnlySpan<byte> name, long length, bool executable)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        BeginEntry(name);
        Append(executable ? NarToken.Executable : NarToken.Regular);
        AppendLength(length);
        Send();
        long offset = Position;
        _contentsLeft = length;
        _contentsPadding = NarLimits.Padding(length);
        if (length == 0)
        {
            EndFile();
        }

        return offset;
    }

    /// <summary>Writes the next bytes of the file begun last.</summary>
    /// <exception cref="InvalidOperationException">They are more than the file's length leaves.</exception>
    public void WriteContents(ReadOnlySpan<byte> contents)
    {
        if (contents.Length > _contentsLeft)
        {
            throw new InvalidOperationException($"{contents.Length} bytes do not fit into the {_contentsLeft} bytes the file has left.");
        }

        if (!contents.IsEmpty)
        {
            Write(contents);
            _contentsLeft -= contents.Length;
            if (_contentsLeft == 0)
            {
                EndFile();
            }
        }
    }

    /// <summary>Ends the file begun last as if its bytes had been written; they are not.</summary>
    internal void SkipContents()
    {
        if (_contentsLeft > 0)
        {
            Position += _contentsLeft;
            _contentsLeft = 0;
            EndFile();
        }
    }

    private void BeginEntry(ReadOnlySpan<byte> name)
    {
        if (_contentsLeft > 0 || (_isBegun && Path.Depth == 0))
        {
            throw new InvalidOperationException("No entry can begin here.");
        }

        if (!_isBegun)
        {
            _isBegun = true;
            Append(NarToken.Archive);
            return;
        }

        if (Path.Depth >= NarLimits.MaxDepth)
        {
            throw new InvalidOperationException($"Directories in a NAR can not be nested more than {NarLimits.MaxDepth} deep.");
        }

        if (!NarLimits.IsName(name) || !Path.TryMove(name))
        {
            throw new ArgumentException($"\"{NarText.Escape(name)}\" is no name, or does not sort behind the one before it.", nameof(name));
        }

        Append(NarToken.Entry);
        AppendLength(name.Length);
        NameOffset = Position + _framed;
        Append(name);
        AppendPadding(name.Length);
        Append(NarToken.Node);
    }

    private void EndFile()
    {
        AppendZeros(_contentsPadding);
        EndNode();
        Send();
    }

    private void EndNode() => Append(Path.Depth == 0 ? NarToken.Close : NarToken.CloseEntry);

    private void Append(NarToken token) => Append(token.Bytes);

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_framing.AsSpan(_framed));
        _framed += bytes.Length;
    }

    private void AppendLength(long length)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_framing.AsSpan(_framed), length);
        _framed += NarLimits.LengthSize;
    }

    private void AppendPadding(long length) => AppendZeros(NarLimits.Padding(length));

    private void AppendZeros(int count)
    {
        _framing.AsSpan(_framed, count).Clear();
        _framed += count;
    }

    private void Send()
    {
        Write(_framing.AsSpan(0, _framed));
        _framed = 0;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _destination.Write(bytes);
        Position += bytes.Length;
    }
}
