namespace ClosureScan.Scanning;

/// <summary>Takes the references that a scan finds, one call an occurrence, in the order of their offsets.</summary>
public interface IReferenceSink
{
    /// <summary>An occurrence.</summary>
    /// <param name="index">Which hash: its index in the <see cref="ReferenceSet"/>.</param>
    /// <param name="offset">Where its first character lies, in bytes from the start of the stream.</param>
    void OnReference(int index, long offset);
}
