using ClosureScan.Walking;

namespace ClosureScan.Containers;

/// <summary>A container that must be read here and there.</summary>
internal interface IImageFormat : IContainerFormat
{
    /// <summary>Tells <paramref name="sink"/> what is in it.</summary>
    /// <exception cref="InvalidDataException">The bytes are malformed; the sink has been told what came before.</exception>
    void Read(ByteSource bytes, IContainerSink sink);
}
