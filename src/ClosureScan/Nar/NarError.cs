namespace ClosureScan.Nar;

/// <summary>Which rule of the NAR format some bytes break. The rules are those of Nix (src/libutil/archive.cc).</summary>
public enum NarError
{
    /// <summary>The stream ends inside the archive. The offset is the length of the stream.</summary>
    Truncated,

    /// <summary>The stream does not begin with the string <c>nix-archive-1</c>. The offset is that of the string.</summary>
    NotAnArchive,

    /// <summary>Another string stands where the grammar demands a certain one. The offset is that of the string.</summary>
    UnexpectedTag,

    /// <summary>A node's type is none of <c>regular</c>, <c>symlink</c>, <c>directory</c>. The offset is that of the string.</summary>
    UnknownNodeType,

    /// <summary>The value behind <c>executable</c> is not the empty string. The offset is that of the value.</summary>
    NonEmptyExecutable,

    /// <summary>A byte between a string's end and the next multiple of eight is not zero. The offset is that of the byte.</summary>
    NonZeroPadding,

    /// <summary>A file's length leads past the largest offset, 2^63-1. The offset is that of the length.</summary>
    ContentsTooLong,

    /// <summary>An entry's name has more than 255 bytes. The offset is that of its length.</summary>
    NameTooLong,

    /// <summary>
    /// An entry's name is empty, <c>.</c> or <c>..</c>, or holds a slash or a zero byte.
    /// The offset is that of the name's first byte, or of its length when it is empty.
    /// </summary>
    InvalidName,

    /// <summary>A name does not sort behind the one before it in unsigned byte order. The offset is that of its first byte.</summary>
    NamesNotSorted,

    /// <summary>A symlink's target has more than 4095 bytes. The offset is that of its length.</summary>
    TargetTooLong,

    /// <summary>
    /// A symlink's target is empty or holds a zero byte. The offset is that of the target's first byte, or of its length
    /// when it is empty.
    /// </summary>
    InvalidTarget,

    /// <summary>A node has 64 directories or more above it. The offset is that of the string <c>node</c>.</summary>
    TooDeep,
}
