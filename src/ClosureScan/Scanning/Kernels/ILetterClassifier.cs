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

    /// <summary>
    /// How many strides of 256 bytes from <paramref name="start"/> on, of <paramref name="count"/> for which the caller answers, certainly
    /// have no aligned block of 16 letters. For classifiers that can tell it with less work than the masks take.
    /// </summary>
    static virtual int ClearStrides(ref readonly byte start, int count) => 0;
}
