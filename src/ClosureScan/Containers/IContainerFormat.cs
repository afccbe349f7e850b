namespace ClosureScan.Containers;

/// <summary>A format of files that hold files. One object serves many scans at once.</summary>
internal interface IContainerFormat
{
    /// <summary>What to call it: <c>squashfs</c>.</summary>
    string Name { get; }

    /// <summary>Whether bytes that begin like this are of the format.</summary>
    /// <param name="beginning">The first 4 KiB, or all of a shorter file.</param>
    bool Recognises(ReadOnlySpan<byte> beginning);
}
