using ClosureScan.Media;

namespace ClosureScan.Stores;

/// <summary>What a user wrote names no path of the store, or several.</summary>
public sealed class UnresolvedPathException : ClosureScanException
{
    /// <summary>Makes an exception without a message.</summary>
    internal UnresolvedPathException()
    {
    }

    /// <summary>Makes an exception with a message of one line: control characters are told as <c>\xNN</c>.</summary>
    internal UnresolvedPathException(string message)
        : base(VisibleText.Of(message))
    {
    }

    /// <summary>Makes an exception with its cause.</summary>
    internal UnresolvedPathException(string message, Exception innerException)
        : base(VisibleText.Of(message), innerException)
    {
    }

    internal UnresolvedPathException(MessageText message)
        : base(message.ToString())
    {
    }

    internal UnresolvedPathException(MessageText message, Exception innerException)
        : base(message.ToString(), innerException)
    {
    }

    /// <inheritdoc/>
    public override ErrorKind Kind => ErrorKind.Unknown;

    /// <summary>Whether several paths match.</summary>
    internal bool IsAmbiguous { get; init; }
}
