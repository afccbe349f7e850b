namespace ClosureScan.Scanning.Kernels;

/// <summary>
/// Tells letters (the 32 digits of Nix's base-32) from other bytes. This is all that differs between the vector kernels.
/// Bit i of an answer stands for byte i and is set when that byte is no letter.
/// </summary>
internal interface ILetterClassifier
{
    /// <summary>Classifies the 64 bytes from <paramref name="start"/> on; the caller answers for their being there.</summary>
    static abstract ulong NonLetters64(ref readonly byte start);

    /// <summary>Classifies the 32 bytes from <paramref name="start"/> on; the caller answers for their being there.</summary>
    static abstract uint NonLetters32(ref readonly byte start);
}
