using ClosureScan.Media;

namespace ClosureScan.Nar;

/// <summary>Some bytes are no NAR: which rule they break, at which byte and in which entry.</summary>
public sealed class NarFormatException : ClosureScanException
{
    /// <summary>Makes an exception without a place; the reader always gives one.</summary>
    internal NarFormatException()
        : this(NarError.Truncated, 0, "", "The archive is malformed")
    {
    }

    /// <summary>Makes an exception without a place; the reader always gives one.</summary>
    internal NarFormatException(string message)
        : this(NarError.Truncated, 0, "", message)
    {
    }

    /// <summary>Makes an exception without a place; the reader always gives one.</summary>
    internal NarFormatException(string message, Exception innerException)
        : base(message, innerException) => Entry = "";

    /// <summary>Makes an exception.</summary>
    /// <param name="error">Which rule is broken.</param>
    /// <param name="offset">At which byte of the archive.</param>
    /// <param name="entry">In which entry, as text.</param>
    /// <param name="problem">What is wrong, without the place: <c>expected ")", found "entry"</c>.</param>
    internal NarFormatException(NarError error, long offset, string entry, string problem)
        : base(VisibleText.Of($"{problem}, at byte {offset} of the NAR, in {(string.IsNullOrEmpty(entry) ? "its root" : $"\"{entry}\"")}."))
    {
        Error = error;
        Offset = offset;
        Entry = entry;
    }

    /// <inheritdoc/>
    public override ErrorKind Kind => ErrorKind.Malformed;

    /// <summary>The rule that is broken.</summary>
    public NarError Error { get; }

    /// <summary>At which byte of the archive, from 0. <see cref="NarError"/> says for each error what lies there.</summary>
    public long Offset { get; }

    /// <summary>The path of the last entry whose name was read, as <see cref="NarText.Escape"/> gives it; empty for the root.</summary>
    public string Entry { get; }
}
