namespace ClosureScan.Stores;

/// <summary>What a user wrote names no path of the store, or several.</summary>
public sealed class UnresolvedPathException : Exception
{
    /// <summary>Makes an exception without a message.</summary>
    public UnresolvedPathException()
    {
    }

    /// <summary>Makes an exception.</summary>
    public UnresolvedPathException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with its cause.</summary>
    public UnresolvedPathException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether several paths match.</summary>
    public bool IsAmbiguous { get; init; }
}
