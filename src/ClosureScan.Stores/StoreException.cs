namespace ClosureScan.Stores;

/// <summary>A store cannot be opened or its metadata cannot be read. The message says what, where and what to do next.</summary>
public class StoreException : Exception
{
    /// <summary>Makes an exception without a message.</summary>
    public StoreException()
    {
    }

    /// <summary>Makes an exception.</summary>
    public StoreException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with its cause.</summary>
    public StoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
