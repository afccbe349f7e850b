namespace ClosureScan.Containers;

/// <summary>A container asks for more than one of its size may take: it is left where it is.</summary>
internal sealed class ExpansionException : Exception
{
    /// <summary>Makes the exception.</summary>
    public ExpansionException()
        : base("The container expands to more than it may.")
    {
    }
}
