using System.Globalization;
using ClosureScan.Paths;
using ClosureScan.Scanning;

namespace ClosureScan.Stores.Caching;

/// <summary>The scans that a cache has for one question: these hashes, scanned in this way. May be used by several threads.</summary>
internal sealed class CachedScans
{
    private readonly FactsCache _cache;
    private readonly WantedHashes _wanted;
    private readonly ScanOptions _options;
    private readonly string _manner;

    public CachedScans(FactsCache cache, ReferenceSet references, ScanOptions options)
    {
        _cache = cache;
        _wanted = new WantedHashes(references);
        _options = options;
        _manner = MannerOf(options);
    }

    /// <summary>
    /// What a scan of the contents with the claimed hash found; null when that is not known. The claim is the caller's to believe, but for a hash that only the contents
    /// prove: they are read.
    /// </summary>
    public PathScan? Find(PathInfo info)
    {
        if (info.NarHash is not { } hash
            || (info.ContentAddress is not null && !ContentAddress.Proves(info))
            || _cache.Find(hash, _manner) is not { } kept
            || kept.Scan.NarHash != hash
            || (info.NarSize is { } size && size != kept.Scan.NarSize))
        {
            return null;
        }

        PathScan? answer = kept.Wanted.AsSpan().SequenceEqual(_wanted.Digest) ? kept.Scan
            : kept.Windows is { } windows ? _wanted.Answer(kept.Scan, windows)
            : null;
        if (answer is not null)
        {
            _cache.Hit(hash, _manner, answer.NarSize);
        }

        return answer;
    }

    /// <summary>Keeps a scan of contents whose hash was checked.</summary>
    public void Add(PathScan scan, LetterWindows windows)
    {
        if (scan.NarHash is { } hash)
        {
            _cache.Add(hash, _manner, new KeptScan(scan, _wanted.Digest, IsOfItsBytesAlone(scan) ? windows.ToBytes() : null));
        }
    }

    /// <summary>
    /// Whether what was found of one hash does not hang on which others were looked for. A deep search tells what was declared from what was not, and
    /// where there is very much, the bounds of contexts and occurrences are shared.
    /// </summary>
    private bool IsOfItsBytesAlone(PathScan scan) =>
        !_options.Deep && scan.References.Sum(reference => reference.Count) <= Math.Min(_options.MaxContextsPerPath, ushort.MaxValue);

    /// <summary>What else a scan hangs on: the program that makes it, by the identity of its code, and the options.</summary>
    private static string MannerOf(ScanOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"{IdentityOf(typeof(PathScanner))} {IdentityOf(typeof(CachedScans))} {options.MaxContextsPerTarget} {options.MaxContextsPerPath} {options.EveryOccurrence} {options.Deep} {options.StoreDirectory} {string.Join(',', options.Decoders.Select(decoder => decoder.GetType().Name))}");

    private static string IdentityOf(Type type) => type.Module.ModuleVersionId.ToString("N");
}
