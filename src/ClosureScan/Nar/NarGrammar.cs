using System.Buffers.Binary;

namespace ClosureScan.Nar;

/// <summary>
/// The grammar of NARs as a machine over spans: no I/O, no recursion, no exceptions. It is fed the bytes that lie ahead and
/// tells how many it took and what it has reached. The contents of files pass by it: who feeds it takes them and says so
/// by <see cref="TakeContents"/>; their padding is checked here, so reading and skipping give the same verdict.
/// </summary>
internal sealed class NarGrammar
{
    /// <summary>The longest piece that must be fed in one span: a symlink target with its length.</summary>
    public const int LongestPiece = NarLimits.LengthSize + NarLimits.MaxTargetLength + 1;

    private static readonly NarToken[] Beginnings = [NarToken.Archive];
    private static readonly NarToken[] NodeTypes = [NarToken.Regular, NarToken.Executable, NarToken.Symlink, NarToken.Directory];
    private static readonly NarToken[] DirectoryItems = [NarToken.Entry, NarToken.Close];
    private static readonly NarToken[] Nodes = [NarToken.Node];
    private static readonly NarToken[] NodeEnds = [NarToken.Close];
    private static readonly NarToken[] NodeAndEntryEnds = [NarToken.CloseEntry];

    private byte[] _target = [];
    private int _targetLength;
    private int _contentsPadding;
    private State _state;

    private enum State
    {
        Beginning, NodeType, ContentsLength, ContentsPadding, Target, NodeEnd, DirectoryItem, Name, Node, DirectoryEnd, End,
    }

    /// <summary>What has been reached.</summary>
    public NarEntryKind Kind { get; private set; }

    /// <summary>The path of the entry at hand, and the stack.</summary>
    public EntryPath Path { get; } = new();

    /// <summary>Bytes of the archive taken so far.</summary>
    public long Offset { get; private set; }

    /// <summary>Where the name of the entry at hand begins; 0 for the root.</summary>
    public long NameOffset { get; private set; }

    /// <summary>Where the contents of the file or the target of the symlink at hand begin.</summary>
    public long ValueOffset { get; private set; }

    /// <summary>The length of the file at hand.</summary>
    public long Length { get; private set; }

    /// <summary>How many bytes of its contents have not been taken yet; only at 0 may <see cref="Read"/> be called.</summary>
    public long ContentsLeft { get; private set; }

    /// <summary>Whether the file at hand is executable.</summary>
    public bool IsExecutable { get; private set; }

    /// <summary>The target of the symlink at hand.</summary>
    public ReadOnlySpan<byte> Target => _target.AsSpan(0, _targetLength);

    /// <summary>What is broken, after <see cref="NarStatus.Invalid"/>; its position counts from <see cref="Offset"/>.</summary>
    public NarFailure? Failure { get; private set; }

    /// <summary>Reads on until something has been reached, the input does not suffice, or a rule is broken.</summary>
    /// <param name="input">The bytes that lie ahead.</param>
    /// <param name="taken">How many of them were used.</param>
    public NarStatus Read(ReadOnlySpan<byte> input, out int taken)
    {
        taken = 0;
        NarStatus status;
        do
        {
            status = Step(input[taken..], out int used);
            taken += used;
            Offset += used;
        }
        while (status == NarStatus.Continue);
        return status;
    }

    /// <summary>Counts contents that were read or skipped.</summary>
    public void TakeContents(long count)
    {
        ContentsLeft -= count;
        Offset += count;
    }

    private NarStatus Step(ReadOnlySpan<byte> input, out int used)
    {
        used = 0;
        return _state switch
        {
            State.Beginning => Match(input, Beginnings, ref used, out _) ?? Go(State.NodeType),
            State.NodeType => Match(input, NodeTypes, ref used, out NarToken type) ?? BeginNode(type),
            State.ContentsLength => ReadContentsLength(input, ref used),
            State.ContentsPadding => ReadContentsPadding(input, ref used),
            State.Target => ReadTarget(input, ref used),
            State.NodeEnd => Path.Depth == 0
                ? Match(input, NodeEnds, ref used, out _) ?? Go(State.End)
                : Match(input, NodeAndEntryEnds, ref used, out _) ?? Go(State.DirectoryItem),
            State.DirectoryItem => Match(input, DirectoryItems, ref used, out NarToken item)
                ?? (item == NarToken.Entry ? Go(State.Name) : EndDirectory()),
            State.DirectoryEnd => Match(input, NodeEnds, ref used, out _) ?? Go(State.DirectoryItem),
            State.Name => ReadName(input, ref used),
            State.Node => Path.Depth < NarLimits.MaxDepth
                ? Match(input, Nodes, ref used, out _) ?? Go(State.NodeType)
                : Fail(NarError.TooDeep, 0, $"Directories are nested more than {NarLimits.MaxDepth} deep"),
            _ => Reach(NarEntryKind.EndOfArchive, State.End),
        };
    }

    private NarStatus BeginNode(NarToken type)
    {
        if (type == NarToken.Directory)
        {
            Path.Enter();
            return Reach(NarEntryKind.Directory, State.DirectoryItem);
        }

        IsExecutable = type == NarToken.Executable;
        return Go(type == NarToken.Symlink ? State.Target : State.ContentsLength);
    }

    private NarStatus EndDirectory()
    {
        Path.Leave();
        return Reach(NarEntryKind.EndOfDirectory, Path.Depth == 0 ? State.End : State.DirectoryEnd);
    }

    private NarStatus ReadContentsLength(ReadOnlySpan<byte> input, ref int used)
    {
        if (input.Length < NarLimits.LengthSize)
        {
            return NarStatus.NeedsMore;
        }

        // Compared before it is rounded up: near 2^64 the padded length would wrap to a small one.
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(input);
        ulong longest = (ulong)(long.MaxValue - Offset) - NarLimits.LengthSize - NarLimits.Alignment;
        if (length > longest)
        {
            return Fail(NarError.ContentsTooLong, 0, $"A file of {length} bytes is longer than any stream");
        }

        used = NarLimits.LengthSize;
        Length = ContentsLeft = (long)length;
        ValueOffset = Offset + used;
        _contentsPadding = NarLimits.Padding(Length);
        return Reach(NarEntryKind.File, State.ContentsPadding);
    }

    private NarStatus ReadContentsPadding(ReadOnlySpan<byte> input, ref int used)
    {
        ReadOnlySpan<byte> padding = input[..Math.Min(_contentsPadding, input.Length)];
        if (padding.IndexOfAnyExcept((byte)0) is >= 0 and int position)
        {
            return Fail(NarError.NonZeroPadding, position, "The padding of the contents is not zero");
        }

        if (padding.Length < _contentsPadding)
        {
            return NarStatus.NeedsMore;
        }

        used = _contentsPadding;
        return Go(State.NodeEnd);
    }

    private NarStatus ReadTarget(ReadOnlySpan<byte> input, ref int used)
    {
        if (ReadString(input, NarLimits.MaxTargetLength, NarError.TargetTooLong, "symlink target", ref used, out ReadOnlySpan<byte> target)
            is { } status)
        {
            return status;
        }

        if (!NarLimits.IsTarget(target))
        {
            used = 0;
            return Fail(NarError.InvalidTarget, target.IsEmpty ? 0 : NarLimits.LengthSize, $"\"{NarText.Escape(target)}\" can not be the target of a symlink");
        }

        _target = _target.Length > 0 ? _target : new byte[NarLimits.MaxTargetLength];
        target.CopyTo(_target);
        _targetLength = target.Length;
        ValueOffset = Offset + NarLimits.LengthSize;
        return Reach(NarEntryKind.Symlink, State.NodeEnd);
    }

    private NarStatus ReadName(ReadOnlySpan<byte> input, ref int used)
    {
        if (ReadString(input, NarLimits.MaxNameLength, NarError.NameTooLong, "name", ref used, out ReadOnlySpan<byte> name) is { } status)
        {
            return status;
        }

        bool valid = NarLimits.IsName(name);
        if (valid && Path.TryMove(name))
        {
            NameOffset = Offset + NarLimits.LengthSize;
            return Go(State.Node);
        }

        used = 0;
        return valid
            ? Fail(NarError.NamesNotSorted, NarLimits.LengthSize, $"\"{NarText.Escape(name)}\" does not sort behind the entry before it")
            : Fail(NarError.InvalidName, name.IsEmpty ? 0 : NarLimits.LengthSize, $"\"{NarText.Escape(name)}\" can not be the name of an entry");
    }

    // Null when the string was read.
    private NarStatus? ReadString(
        ReadOnlySpan<byte> input, int longest, NarError tooLong, string what, ref int used, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (input.Length < NarLimits.LengthSize)
        {
            return NarStatus.NeedsMore;
        }

        ulong declared = BinaryPrimitives.ReadUInt64LittleEndian(input);
        if (declared > (ulong)longest)
        {
            return Fail(tooLong, 0, $"A {what} of {declared} bytes is longer than {longest}");
        }

        int length = (int)declared;
        int end = NarLimits.LengthSize + length;
        int paddedEnd = end + NarLimits.Padding(length);
        if (input.Length < paddedEnd)
        {
            return NarStatus.NeedsMore;
        }

        if (input[end..paddedEnd].IndexOfAnyExcept((byte)0) is >= 0 and int position)
        {
            return Fail(NarError.NonZeroPadding, end + position, $"The padding of a {what} is not zero");
        }

        value = input[NarLimits.LengthSize..end];
        used = paddedEnd;
        return null;
    }

    // Null when one of the tokens was read.
    private NarStatus? Match(ReadOnlySpan<byte> input, NarToken[] expected, ref int used, out NarToken token)
    {
        token = NarToken.Nearest(input, expected, out int agreement);
        if (agreement == token.Bytes.Length)
        {
            used = agreement;
            return null;
        }

        if (agreement == input.Length)
        {
            return NarStatus.NeedsMore;
        }

        Failure = token.Explain(agreement, input);
        return NarStatus.Invalid;
    }

    private NarStatus Fail(NarError error, int position, string problem)
    {
        Failure = new NarFailure(error, position, problem);
        return NarStatus.Invalid;
    }

    private NarStatus Reach(NarEntryKind kind, State next)
    {
        Kind = kind;
        _state = next;
        return NarStatus.Entry;
    }

    private NarStatus Go(State next)
    {
        _state = next;
        return NarStatus.Continue;
    }
}
