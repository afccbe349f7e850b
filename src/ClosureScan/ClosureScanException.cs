namespace ClosureScan;

/// <summary>
/// What every error of these libraries derives from that is no misuse: bytes, stores and names that are not as they should be. The message is
/// for a person: what, where, what to do next. A wrong call is an <see cref="ArgumentException"/> or an <see cref="InvalidOperationException"/>.
/// </summary>
public abstract class ClosureScanException : Exception
{
    /// <summary>Makes an exception without a message.</summary>
    protected ClosureScanException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    protected ClosureScanException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with its cause.</summary>
    protected ClosureScanException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What kind of error it is, for who has to decide and not to read.</summary>
    public abstract ErrorKind Kind { get; }
}
