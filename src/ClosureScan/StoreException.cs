using ClosureScan.Media;

namespace ClosureScan;

/// <summary>A store cannot be opened or its metadata or contents cannot be read. The message says what, where and what to do next.</summary>
public class StoreException : ClosureScanException
{
    /// <summary>Makes an exception without a message.</summary>
    public StoreException()
    {
    }

    /// <summary>Makes an exception with a message of one line: control characters are told as <c>\xNN</c>.</summary>
    public StoreException(string message)
        : base(VisibleText.Of(message))
    {
    }

    /// <summary>Makes an exception with its cause.</summary>
    public StoreException(string message, Exception innerException)
        : base(VisibleText.Of(message), innerException)
    {
    }

    internal StoreException(MessageText message)
        : base(message.ToString())
    {
    }

    internal StoreException(MessageText message, Exception innerException)
        : base(message.ToString(), innerException)
    {
    }

    /// <inheritdoc/>
    public override ErrorKind Kind => ErrorKind.Unreadable;

    /// <summary>The file or address that the message is about; null for the store, or the store path, as a whole.</summary>
    public string? Place { get; init; }
}
