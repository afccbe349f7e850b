using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace ClosureScan.Nar;

/// <summary>Reads NARs entry by entry, as strictly as Nix, with memory that is bounded whatever the input says.</summary>
public static class NarReader
{
    /// <summary>
    /// The entries of the NAR that begins at the next byte of <paramref name="pipe"/>, each an object of its own: directories, symlinks and files. Contents that
    /// are not read are skipped, and checked as if they had been. What follows the archive stays in the pipe, which belongs to the caller.
    /// </summary>
    /// <exception cref="NarFormatException">The bytes are no NAR.</exception>
    public static async IAsyncEnumerable<NarEntry> ReadAsync(PipeReader pipe, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using NarTreeReader reader = new(pipe);
        await foreach (NarEntry entry in reader.ReadEntriesAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return entry;
        }
    }
}
