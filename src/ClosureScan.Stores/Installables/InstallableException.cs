namespace ClosureScan.Stores.Installables;

/// <summary>An installable could not be turned into store paths.</summary>
public sealed class InstallableException : Exception
{
    /// <summary>Makes an exception without a message.</summary>
    public InstallableException()
    {
    }

    /// <summary>Makes an exception.</summary>
    public InstallableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with its cause.</summary>
    public InstallableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
