using ClosureScan.Media;

namespace ClosureScan.Stores;

/// <summary>What was given as a store is none: an unknown kind, a folder that is not there, a wrong parameter. The message lists what is known.</summary>
public sealed class StoreUriException : StoreException
{
    /// <summary>Makes an exception without a message.</summary>
    internal StoreUriException()
    {
    }

    /// <summary>Makes an exception with a message of one line: control characters are told as <c>\xNN</c>.</summary>
    internal StoreUriException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with its cause.</summary>
    internal StoreUriException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal StoreUriException(MessageText message)
        : base(message)
    {
    }

    internal StoreUriException(MessageText message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public override ErrorKind Kind => ErrorKind.Unknown;
}
