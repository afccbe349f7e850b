using System.Text;
using ClosureScan.Analysis.Comparing.Fingerprints;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing.Files;

/// <summary>
/// Compares two paths file by file. The native side is read for its digests, the cross side beside them, and what differs is laid aside in a
/// temporary file until the native side's bytes of it pass again: memory is that of the largest two files.
/// </summary>
internal sealed class TreeComparer(IStore? cross, IStore? native, PathTokens crossTokens, PathTokens nativeTokens)
{
    /// <summary>Names are compared in the words of both sides, so that a path in a name counts as what it is aligned with.</summary>
    private readonly record struct Kept(string Path, TreeEntry Entry, long Offset, bool HasBytes);

    public async Task<PathPair> CompareAsync(PathInfo crossInfo, PathInfo nativeInfo, CancellationToken cancellationToken)
    {
        Dictionary<string, TreeEntry> natives = new(StringComparer.Ordinal);
        using (EntryFeed reader = new((path, entry, _) => natives[nativeTokens.Write(path)] = entry))
        {
            await ContentWalk.RunAsync(native, nativeInfo, reader, cancellationToken).ConfigureAwait(false);
        }

        FileVerdict verdict = new();
        Dictionary<string, Kept> kept = new(StringComparer.Ordinal);
        HashSet<string> seen = new(StringComparer.Ordinal);
        int equal = 0;
        using FileStream spool = OpenSpool();
        using (EntryFeed reader = new(TakeCross))
        {
            await ContentWalk.RunAsync(cross, crossInfo, reader, cancellationToken).ConfigureAwait(false);
        }

        foreach ((string path, TreeEntry entry) in natives.Where(item => !seen.Contains(item.Key)))
        {
            verdict.Add(Missing(path, null, entry));
        }

        if (kept.Count > 0)
        {
            using EntryFeed reader = new(TakeNative);
            await ContentWalk.RunAsync(native, nativeInfo, reader, cancellationToken).ConfigureAwait(false);
        }

        return new PathPair
        {
            Cross = crossInfo.Path,
            Native = nativeInfo.Path,
            Level = verdict.Level,
            Masks = [.. verdict.Masks],
            Differences = [.. verdict.Differences.OrderBy(difference => difference.Kind).ThenBy(difference => difference.File.Contains(':', StringComparison.Ordinal)).ThenBy(difference => difference.File, StringComparer.Ordinal)],
            Files = (seen.Count(natives.ContainsKey), equal),
        };

        void TakeCross(string path, TreeEntry entry, byte[]? bytes)
        {
            string name = crossTokens.Write(path);
            seen.Add(name);
            if (!natives.TryGetValue(name, out TreeEntry other))
            {
                verdict.Add(Missing(path, entry, null));
            }
            else if (entry.Kind != other.Kind)
            {
                verdict.Add(new Difference { Kind = DifferenceKind.Modes, File = path, Cross = Name(entry.Kind), Native = Name(other.Kind) });
                if (entry.Digest != other.Digest && entry.Kind is EntryKind.File or EntryKind.Program && other.Kind is EntryKind.File or EntryKind.Program)
                {
                    Keep(name, path, entry, bytes);
                }
            }
            else if (entry.Digest != other.Digest)
            {
                Keep(name, path, entry, bytes);
            }
            else
            {
                equal++;
            }
        }

        void Keep(string name, string path, TreeEntry entry, byte[]? bytes)
        {
            kept.Add(name, new Kept(path, entry, spool.Position, bytes is not null));
            spool.Write(bytes);
        }

        void TakeNative(string path, TreeEntry entry, byte[]? bytes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!kept.TryGetValue(nativeTokens.Write(path), out Kept other))
            {
                return;
            }

            if (!other.HasBytes || bytes is null)
            {
                verdict.Add(new Difference
                {
                    Kind = DifferenceKind.Unknown,
                    File = other.Path,
                    Cross = ByteComparer.Size(other.Entry.Length),
                    Native = ByteComparer.Size(entry.Length),
                    Meaning = "larger than what is compared",
                });
                return;
            }

            byte[] crossBytes = new byte[other.Entry.Length];
            spool.Position = other.Offset;
            spool.ReadExactly(crossBytes);
            FilePair pair = new(other.Path, new SidedContents(crossBytes, crossTokens), new SidedContents(bytes, nativeTokens));
            FileVerdict file = entry.Kind == EntryKind.Symlink ? CompareLinks(pair) : FileComparer.Compare(pair);
            equal += file.Level <= ComparisonLevel.SameModuloPaths ? 1 : 0;
            verdict.Add(file);
        }
    }

    private static FileVerdict CompareLinks(FilePair pair)
    {
        FileVerdict verdict = new();
        string cross = Encoding.UTF8.GetString(pair.Cross.Common);
        string native = Encoding.UTF8.GetString(pair.Native.Common);
        if (cross != native)
        {
            verdict.Add(new Difference { Kind = DifferenceKind.Links, File = pair.File, Cross = cross, Native = native });
            MappingWitness.Add(pair, verdict);
            return verdict;
        }

        verdict.Add(ComparisonLevel.SameModuloPaths);
        if (pair.Cross.NamesDiffer || pair.Native.NamesDiffer)
        {
            verdict.Mask(VolatileFields.Names);
        }

        return verdict;
    }

    private static Difference Missing(string path, TreeEntry? cross, TreeEntry? native) => new()
    {
        Kind = ModuleFiles.IsModule(path) ? DifferenceKind.Modules : DifferenceKind.Files,
        File = path,
        Cross = cross is { } one ? Name(one.Kind) : null,
        Native = native is { } other ? Name(other.Kind) : null,
    };

    private static string Name(EntryKind kind) => kind switch
    {
        EntryKind.Directory => "directory",
        EntryKind.Symlink => "link",
        EntryKind.Program => "program",
        _ => "file",
    };

    private static FileStream OpenSpool() => new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
        new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose });
}
