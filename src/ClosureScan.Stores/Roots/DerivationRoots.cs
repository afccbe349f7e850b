using System.Buffers;
using System.Collections.Immutable;
using ClosureScan.Derivations;
using ClosureScan.Nar;
using ClosureScan.Paths;
using ClosureScan.Walking;

namespace ClosureScan.Stores.Roots;

/// <summary>
/// Derivations as roots: from a path to the derivation that builds it, whose closure is what the build needs, and from a derivation to what it builds
/// (<c>x.drv^out</c>, <c>x.drv^*</c>).
/// </summary>
internal static class DerivationRoots
{
    private const string Extension = ".drv";
    private const string AllOutputs = "*";

    /// <summary>No derivation is longer: those of whole systems have some hundred KiB.</summary>
    private const int MaxLength = 16 << 20;

    /// <summary>Takes <c>x.drv^a,b</c> apart. False for what names no outputs of a derivation.</summary>
    /// <param name="root">What a user wrote.</param>
    /// <param name="derivation">The derivation's part of it.</param>
    /// <param name="outputs">The names of the outputs.</param>
    public static bool TrySplit(string root, out string derivation, out ImmutableArray<string> outputs)
    {
        ArgumentNullException.ThrowIfNull(root);
        int caret = root.LastIndexOf(Extension + "^", StringComparison.Ordinal);
        int end = caret < 0 ? root.Length : caret + Extension.Length;
        derivation = root[..end];
        outputs = caret < 0 ? [] : [.. root[(end + 1)..].Split(',')];
        return caret >= 0;
    }

    /// <summary>The derivation of a path: itself, or the one that the store says built it.</summary>
    /// <exception cref="UnresolvedPathException">The store does not say, or has it not.</exception>
    public static async ValueTask<StorePath> OfAsync(IStore store, StorePath path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(path);
        if (path.Name.EndsWith(Extension, StringComparison.Ordinal))
        {
            return path;
        }

        StorePath derivation = (await store.FindAsync(path, cancellationToken).ConfigureAwait(false))?.Deriver
            ?? throw new UnresolvedPathException($"{store.Location} does not say which derivation built {path}. Name the derivation, or an installable that Nix evaluates.");
        return await store.FindAsync(derivation, cancellationToken).ConfigureAwait(false) is not null
            ? derivation
            : throw new UnresolvedPathException($"{path} was built by {derivation}, which is not in {store.Location}: caches mostly have none. Evaluate it (nix-instantiate), and name the derivation.");
    }

    /// <summary>The paths of a derivation's outputs.</summary>
    /// <param name="store">The store that has the derivation.</param>
    /// <param name="derivation">The derivation.</param>
    /// <param name="outputs">The names of the outputs, or <c>*</c> for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnresolvedPathException">There is no such output, its path is known only when it is built, or the derivation is malformed.</exception>
    /// <exception cref="StoreException">The derivation cannot be read.</exception>
    public static async Task<ImmutableArray<StorePath>> OutputsAsync(
        IStore store, StorePath derivation, ImmutableArray<string> outputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(derivation);
        PathInfo info = await store.FindAsync(derivation, cancellationToken).ConfigureAwait(false)
            ?? throw new UnresolvedPathException($"{derivation} is not in {store.Location}.");
        Derivation parsed = DerivationParser.Parse(await ReadAsync(store, info, cancellationToken).ConfigureAwait(false))
            ?? throw new UnresolvedPathException($"{derivation} is no derivation of a form that is known.");
        IEnumerable<string> names = outputs.Contains(AllOutputs) ? parsed.OutputNames : outputs;
        return
        [
            .. names.Select(name => parsed.OutputNames.IndexOf(name) is >= 0 and int index
                ? StorePath.TryParse(parsed.Outputs[index], out StorePath? path)
                    ? path
                    : throw new UnresolvedPathException($"The path of {derivation}^{name} is known only when it is built: name what was built.")
                : throw new UnresolvedPathException($"{derivation} has no output {name}; it has {string.Join(", ", parsed.OutputNames)}.")),
        ];
    }

    private static async Task<byte[]> ReadAsync(IStore store, PathInfo info, CancellationToken cancellationToken)
    {
        StoreContents contents = await store.OpenAsync(info, cancellationToken).ConfigureAwait(false);
        await using (contents.ConfigureAwait(false))
        {
            try
            {
                using TreeReader reader = contents.OpenReader();
                if (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) != NarEntryKind.File || reader.Length > MaxLength)
                {
                    return [];
                }

                byte[] bytes = new byte[reader.Length];
                for (int length = 0; length < bytes.Length;)
                {
                    ReadOnlySequence<byte> next = await reader.ReadContentsAsync(cancellationToken).ConfigureAwait(false);
                    if (next.IsEmpty)
                    {
                        return [];
                    }

                    next.CopyTo(bytes.AsSpan(length));
                    length += (int)next.Length;
                }

                return bytes;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or NarFormatException)
            {
                throw new StoreException($"{info.Path} cannot be read: {exception.Message}", exception);
            }
        }
    }
}
