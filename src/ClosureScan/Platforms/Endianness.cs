namespace ClosureScan.Platforms;

/// <summary>The order of bytes in a word.</summary>
internal enum Endianness
{
    /// <summary>Least significant byte first.</summary>
    Little,

    /// <summary>Most significant byte first.</summary>
    Big,
}
