using System.IO.Pipelines;
using ClosureScan.Nar;

namespace ClosureScan.Walking;

/// <summary>Walks a NAR stream.</summary>
internal static class NarWalk
{
    /// <summary>
    /// Tells <paramref name="visitor"/> the contents of the NAR that begins at the next byte of <paramref name="nar"/>, and
    /// stops exactly behind it. The visitor is called on whatever thread the bytes arrive on, one call at a time.
    /// </summary>
    /// <param name="nar">The stream; give it large buffers, see <see cref="NarSource"/>. It is not completed.</param>
    /// <param name="visitor">Who is told. What a file's <see cref="FileView"/> can read does not depend on how the stream is cut.</param>
    /// <param name="options">How it is walked.</param>
    /// <param name="cancellationToken">Ends the walk with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="NarFormatException">The bytes are no NAR. The visitor has been told what came before.</exception>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public static async ValueTask<WalkResult> RunAsync(
        PipeReader nar, IContentVisitor visitor, WalkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        using NarTreeReader reader = new(nar, options is { ComputeNarHash: true } ? new NarReaderOptions { ComputeHash = true } : null);
        return await TreeWalk.RunAsync(reader, visitor, cancellationToken).ConfigureAwait(false);
    }
}
