namespace ClosureScan;

/// <summary>What a <see cref="ClosureScanException"/> is about.</summary>
public enum ErrorKind
{
    /// <summary>Something that is there cannot be read: a disk, a server, a damaged store. Another time it may be read.</summary>
    Unreadable,

    /// <summary>Bytes are not what they are to be: an archive, a policy, a baseline, a report, a list of roots. Other bytes may be.</summary>
    Malformed,

    /// <summary>What was asked for is no store, or is not in it, or could be several. Another name may be right.</summary>
    Unknown,
}
