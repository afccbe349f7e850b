namespace ClosureScan;

/// <summary>What a scan left out or bounded without being incomplete: every byte was read and searched as Nix would.</summary>
public enum ScanRemarkKind
{
    /// <summary>Compressed files of more than 16 MiB, which a deep scan does not expand.</summary>
    CompressedTooLarge,

    /// <summary>Compressed files whose contents go on behind the first 64 MiB, where a deep scan stops.</summary>
    ExpansionBounded,

    /// <summary>Compressed files with more than one compressed format inside another, of which a deep scan expands two.</summary>
    NestedTooDeep,

    /// <summary>Compressed files that are cut short, damaged, encrypted or of an unknown method, searched as far as they go.</summary>
    CompressedDamaged,

    /// <summary>Undeclared store paths beyond the first 4,096, which are not told.</summary>
    UndeclaredBounded,

    /// <summary>Binaries that are counted but neither named nor told by platform: the path has more kinds of them, or longer names, than real ones have.</summary>
    CensusBounded,
}
