using System.Buffers;

namespace ClosureScan.Evidence;

/// <summary>The path and the first bytes of a text, and the questions that the rules of <see cref="TextKinds"/> ask of them.</summary>
internal readonly ref struct TextFile
{
    /// <summary>How much of the beginning is looked at: what every walk keeps of every file.</summary>
    public const int HeadLength = 4096;

    private static readonly SearchValues<byte> ControlBytes =
        SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 29, 30, 31, 127]);

    /// <summary>Takes a file.</summary>
    /// <param name="path">Its path inside the store path.</param>
    /// <param name="head">Its first bytes.</param>
    public TextFile(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head)
    {
        Path = path;
        Name = path[(path.LastIndexOf((byte)'/') + 1)..];
        Head = head[..Math.Min(head.Length, HeadLength)];
    }

    /// <summary>The path inside the store path.</summary>
    public ReadOnlySpan<byte> Path { get; }

    /// <summary>The last component of the path.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The first bytes.</summary>
    public ReadOnlySpan<byte> Head { get; }

    /// <summary>Whether the beginning is text.</summary>
    public bool LooksLikeText => IsText(Head);

    /// <summary>Whether the file begins with <c>#!</c>.</summary>
    public bool IsScript => Head.StartsWith("#!"u8);

    /// <summary>Whether bytes are text: no control characters but white space, backspace and escape.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes) => !bytes.ContainsAny(ControlBytes);

    /// <summary>The bytes before the first line feed.</summary>
    public ReadOnlySpan<byte> FirstLine => Head.IndexOf((byte)'\n') is >= 0 and int end ? Head[..end] : Head;

    /// <summary>Whether the file lies directly in a directory of that name.</summary>
    public bool IsIn(ReadOnlySpan<byte> directory)
    {
        ReadOnlySpan<byte> parent = Path[..(Path.Length - Name.Length)];
        return parent.Length > directory.Length
            && parent[^1] == '/'
            && parent[..^1].EndsWith(directory)
            && (parent.Length == directory.Length + 1 || parent[^(directory.Length + 2)] == '/');
    }

    /// <summary>Whether the file lies in a directory whose name begins like that.</summary>
    public bool IsInDirectoryStartingWith(ReadOnlySpan<byte> prefix)
    {
        ReadOnlySpan<byte> parent = Path[..Math.Max(0, Path.Length - Name.Length - 1)];
        return parent[(parent.LastIndexOf((byte)'/') + 1)..].StartsWith(prefix);
    }

    /// <summary>Whether the beginning holds <paramref name="text"/>.</summary>
    public bool Has(ReadOnlySpan<byte> text) => Head.IndexOf(text) >= 0;
}
