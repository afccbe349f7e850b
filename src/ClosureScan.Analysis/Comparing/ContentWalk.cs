using System.IO.Pipelines;
using ClosureScan.Paths;
using ClosureScan.Walking;

namespace ClosureScan.Analysis.Comparing;

/// <summary>Reads the contents of a path out of its store.</summary>
internal static class ContentWalk
{
    /// <summary>Tells a visitor all of a path's contents. May block on the disk: call it from a worker.</summary>
    /// <exception cref="IOException">The contents cannot be read, or are not what the store claims.</exception>
    /// <exception cref="StoreException">They are not there.</exception>
    /// <exception cref="Nar.NarFormatException">They are no NAR.</exception>
    public static async ValueTask RunAsync(IStore? store, PathInfo info, IContentVisitor visitor, CancellationToken cancellationToken)
    {
        if (store is null)
        {
            throw new InvalidOperationException($"Of {info.Path} only its class is known.");
        }

        await using StoreContents contents = await store.OpenAsync(info, cancellationToken).ConfigureAwait(false);
        if (contents.DirectoryPath is { } folder)
        {
            DirectoryWalk.Run(folder, visitor, null, cancellationToken);
            return;
        }

        PipeReader nar = NarSource.FromStream(contents.NarStream!);
        WalkOptions options = new() { ComputeNarHash = contents.NarHash is not null };
        WalkResult result = await NarWalk.RunAsync(nar, visitor, options, cancellationToken).ConfigureAwait(false);
        if (contents.NarSize is { } size && size != result.NarSize)
        {
            throw new IOException($"the NAR of {info.Path} has {result.NarSize} bytes, and the store says {size}. {contents.Advice}");
        }

        if (contents.NarHash is { } hash && result.NarHash is { } actual && hash != actual)
        {
            throw new IOException($"the NAR of {info.Path} has the hash {actual}, and the store says {hash}: it is damaged, or of another path. {contents.Advice}");
        }
    }
}
