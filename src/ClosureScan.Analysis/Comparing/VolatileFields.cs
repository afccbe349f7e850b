namespace ClosureScan.Analysis.Comparing;

/// <summary>The fields that name one build and say nothing of what was built, by the names that reports call them: the masks of L1 and L2.</summary>
internal static class VolatileFields
{
    /// <summary>The version of this set: a class of level L2 is only the same under the same set.</summary>
    public const int Version = 1;

    internal const string Names = "names";
    internal const string BuildId = "elf-build-id";
    internal const string DebugLink = "elf-debuglink";
    internal const string Comment = "elf-comment";
    internal const string GzipHeader = "gzip-header";
    internal const string GzipCompression = "gzip-compression";
    internal const string ArHeader = "ar-header";
    internal const string ZipHeader = "zip-header";
    internal const string PycHeader = "pyc-header";
    internal const string Uuid = "uuid";
    internal const string CompileTime = "compile-time";

    /// <summary>Every mask with what it blanks.</summary>
    public static IReadOnlyList<(string Name, string Explanation)> All { get; } =
    [
        (Names, "The names behind the hashes of aligned store paths; they carry the host's configuration in a cross build."),
        (BuildId, "The note .note.gnu.build-id, a hash of what was linked, debug information included."),
        (DebugLink, "The section .gnu_debuglink: the name and checksum of split debug information."),
        (Comment, "The section .comment: which compilers took part."),
        (GzipHeader, "The header of a gzip file: name, time, operating system, level."),
        (GzipCompression, "The compressed bytes of a gzip file whose contents are the same."),
        (ArHeader, "The headers of an ar archive: times, owners and modes of its members."),
        (ZipHeader, "The times and attributes of the entries of a zip archive or jar."),
        (PycHeader, "The header of Python byte code: the time, size or hash of its source."),
        (Uuid, "UUIDs in text."),
        (CompileTime, "Dates and times as __DATE__ and __TIME__ write them."),
    ];
}
