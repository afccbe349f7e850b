namespace ClosureScan;

/// <summary>What a scan left out or bounded without being incomplete: every byte was read and searched as Nix would.</summary>
public enum ScanRemarkKind
{
    /// <summary>Compressed files and containers of which a part is in a format that a deep scan only knows by name.</summary>
    ContainerClosed,

    /// <summary>Compressed files and containers that expand to more than 64 MiB and two hundred times their length, where a deep scan stops.</summary>
    ExpansionBounded,

    /// <summary>Files with more than eight compressions and containers inside one another.</summary>
    NestedTooDeep,

    /// <summary>Compressed files and containers that are cut short or damaged, searched as far as they go.</summary>
    CompressedDamaged,

    /// <summary>Undeclared store paths beyond the first 4,096, which are not told.</summary>
    UndeclaredBounded,

    /// <summary>Binaries that are counted but neither named nor told by platform: the path has more kinds of them, or longer names, than real ones have.</summary>
    CensusBounded,
}
