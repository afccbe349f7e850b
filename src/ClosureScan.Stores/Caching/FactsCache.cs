using ClosureScan.Evidence;
using ClosureScan.Facts;
using ClosureScan.Paths;

namespace ClosureScan.Stores.Caching;

/// <summary>
/// What scans found, by the hash of the contents that they are of, in a file of the user's: the next scan of a closure that changed little reads what changed.
/// Several processes may use one file at once. Whatever is wrong with it - no room, no right, damage - makes scans read, and never fails one: a damaged
/// file is begun anew, and a damaged entry forgotten.
/// </summary>
/// <remarks>
/// Never by a store path: one path may have other bytes elsewhere. An entry answers for the hashes that its scan looked for, and, where all windows of 32
/// letters of the contents are kept with it, for any others. Who can write to the file can make scans say anything: it is for its user alone.
/// </remarks>
public sealed class FactsCache : IDisposable
{
    /// <summary>A tenth of what was never asked for again goes when a file grows beyond this: 512 MiB, some 200,000 paths.</summary>
    internal const long DefaultMaxBytes = 512L << 20;

    private readonly Lock _lock = new();
    private readonly FactsDatabase _database;
    private readonly EvidenceSpool _spool = new();
    private readonly HashSet<(NarHash Hash, string Manner)> _hits = [];
    private readonly long _maxBytes;

    private FactsCache(FactsDatabase database, long maxBytes) => (_database, _maxBytes) = (database, maxBytes);

    /// <summary>Where the file is that is used where none is named: <c>closurescan/facts.sqlite</c> in <c>XDG_CACHE_HOME</c>, or else in <c>~/.cache</c>.</summary>
    internal static string DefaultFile => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } folder && Path.IsPathRooted(folder)
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".cache"),
        "closurescan", "facts.sqlite");

    /// <summary>The file.</summary>
    internal string File => _database.File;

    /// <summary>How many scans were taken from the cache since it was opened.</summary>
    internal int HitCount { get; private set; }

    /// <summary>The bytes of NARs that were not read for that.</summary>
    internal long SavedBytes { get; private set; }

    /// <summary>Opens the cache in a file, which is made when there is something to keep.</summary>
    /// <param name="file">The file; null for <see cref="DefaultFile"/>.</param>
    /// <param name="maxBytes">How long the file may get; what was not asked for longest goes then.</param>
    public static FactsCache Open(string? file = null, long maxBytes = DefaultMaxBytes) => new(new FactsDatabase(file ?? DefaultFile), maxBytes);

    /// <summary>How many scans the cache has, and how long its files are. Nothing where there is none, or none that can be read.</summary>
    internal (long Count, long Bytes) Measure()
    {
        lock (_lock)
        {
            return (_database.Count(), _database.FileBytes);
        }
    }

    /// <summary>Forgets everything, and removes the file.</summary>
    /// <exception cref="IOException">The file cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be removed.</exception>
    internal void Clear()
    {
        lock (_lock)
        {
            _hits.Clear();
            _database.Delete();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _database.Finish(_hits, _maxBytes);
            _database.Dispose();
        }
    }

    internal KeptScan? Find(NarHash hash, string manner)
    {
        lock (_lock)
        {
            if (_database.Find(hash, manner) is not { } row)
            {
                return null;
            }

            try
            {
                return new KeptScan(PathScanDocument.Read(row.Scan, _spool), row.Wanted, row.Windows);
            }
            catch (FactsFormatException)
            {
                _database.Remove(hash, manner);
                return null;
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    internal void Hit(NarHash hash, string manner, long narSize)
    {
        lock (_lock)
        {
            _hits.Add((hash, manner));
            HitCount++;
            SavedBytes += narSize;
        }
    }

    internal void Add(NarHash hash, string manner, KeptScan scan)
    {
        byte[] document = PathScanDocument.Write(scan.Scan);
        lock (_lock)
        {
            _database.Add(hash, manner, new FactsRow(scan.Wanted, scan.Windows, document));
        }
    }
}
