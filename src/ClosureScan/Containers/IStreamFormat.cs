namespace ClosureScan.Containers;

/// <summary>A container that is read from its beginning to its end.</summary>
internal interface IStreamFormat : IContainerFormat
{
    /// <summary>Tells <paramref name="sink"/> what is in it.</summary>
    /// <exception cref="InvalidDataException">The bytes are malformed; the sink has been told what came before.</exception>
    void Read(Stream bytes, IContainerSink sink);
}
