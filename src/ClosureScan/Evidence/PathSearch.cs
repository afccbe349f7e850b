using System.Collections.Immutable;
using ClosureScan.Containers;
using ClosureScan.Paths;
using ClosureScan.Platforms;
using ClosureScan.Scanning;
using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>
/// The searches over one path, and what they found: always the wanted hashes; with <see cref="ScanOptions.Deep"/> spelled-out store paths and build directories
/// as well, and all three also in the streams that are made of a file's bytes.
/// </summary>
internal sealed class PathSearch
{
    private readonly ReferenceSet _references;
    private readonly HitLedger _hashes;
    private readonly HitLedger _undeclared;
    private readonly HitLedger _scrubbed;
    private readonly HitLedger _buildPaths;
    private readonly HitLedger[] _ledgers;
    private readonly UndeclaredPaths _paths;
    private readonly ContentSearch _plain;
    private readonly DerivedContents? _contents;
    private bool _isWhole;

    /// <summary>Makes a search.</summary>
    public PathSearch(ReferenceSet references, ScanOptions options, PlatformCensus census, RemarkBook remarks)
    {
        EvidenceSpool spool = new();
        _references = references;
        _hashes = new HitLedger(references.Count, options, spool, isHiddenApart: true);
        int deep = options.Deep ? 1 : 0;
        _undeclared = new HitLedger(deep * UndeclaredPaths.MaxPaths, options, spool);
        _scrubbed = new HitLedger(deep, options, spool);
        _buildPaths = new HitLedger(deep, options, spool);
        _ledgers = options.Deep ? [_hashes, _undeclared, _scrubbed, _buildPaths] : [_hashes];
        _paths = new UndeclaredPaths(references, options.StoreDirectory, remarks);
        if (!options.Deep)
        {
            _plain = new ContentSearch(new HashFinder(references, _hashes.Plain));
            return;
        }

        StorePathPattern pattern = new(options.StoreDirectory);
        ContentSearch Search(Func<HitLedger, FileHits> kind, ContentSearch? wide) => new(
            new HashFinder(references, kind(_hashes)),
            new UndeclaredFinder(pattern, _paths, kind(_undeclared), kind(_scrubbed)),
            new BuildPathFinder(kind(_buildPaths)))
        { Wide = wide };

        ContentSearch narrowed = Search(static ledger => ledger.Derived, wide: null);
        _plain = Search(static ledger => ledger.Plain, narrowed);
        _contents = new DerivedContents(Search(static ledger => ledger.Derived, narrowed), EndDerived, _paths, census, options.Decoders, remarks);
    }

    /// <summary>Searches the name of an entry. Names hold no paths, so that only hashes are found.</summary>
    public void Name(in ContentEntry entry) => Text(entry.Path, entry.Name, entry.NameNarOffset, Mechanism.EntryName);

    /// <summary>Searches a symlink's target, or another short text.</summary>
    public void Text(ReadOnlySpan<byte> path, ReadOnlySpan<byte> text, long narOffset, Mechanism mechanism)
    {
        if (text.Length < StorePathHash.Length)
        {
            return;
        }

        _plain.Text(path, text, mechanism);
        foreach (HitLedger ledger in _ledgers)
        {
            ledger.EndText(path, narOffset, mechanism);
        }
    }

    /// <summary>Begins a file.</summary>
    public void BeginFile(ReadOnlySpan<byte> path, bool executable)
    {
        _isWhole = false;
        _plain.Begin(path, executable);
    }

    /// <summary>Whether a file that begins like this is looked into at its end.</summary>
    /// <param name="beginning">The first 4 KiB, or all of a shorter file.</param>
    /// <param name="name">The last component of its path.</param>
    public bool LooksInto(ReadOnlySpan<byte> beginning, ReadOnlySpan<byte> name) => _contents?.Recognises(beginning, name) ?? false;

    /// <summary>Takes the next bytes of the file.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="isWhole">Whether they are all of it.</param>
    public void FileData(ReadOnlySpan<byte> data, bool isWhole)
    {
        _isWhole = isWhole;
        if (isWhole)
        {
            _plain.TakeWhole(data);
        }
        else
        {
            _plain.Take(data);
        }
    }

    /// <summary>Turns what was found in the file into evidence.</summary>
    /// <returns>What was seen of it, when it is compressed or a container.</returns>
    public LookedInto? EndFile(in WalkedFile file, in FileView view, FileIdentity identity, CancellationToken cancellation)
    {
        if (!_isWhole)
        {
            _plain.End();
        }

        foreach (HitLedger ledger in _ledgers)
        {
            ledger.EndFile(file, view, identity);
        }

        if (_contents is null)
        {
            return null;
        }

        foreach (HitLedger ledger in _ledgers)
        {
            if (ledger.Derived.TargetCount > 0)
            {
                EndDerived(new EvidenceFile(PrintableText.From(file.Path), file.Executable, view.Length, file.NarOffset), "UTF-16", areOffsetsInFile: true);
                break;
            }
        }

        return _contents.Scan(file, view, cancellation);
    }

    /// <summary>The references found since <see cref="Clear"/>; to be asked for once.</summary>
    public ImmutableArray<FoundReference> DrainReferences() => _hashes.Drain(index => _references.Hashes[index]);

    /// <summary>The hidden references since <see cref="Clear"/>; to be asked for once.</summary>
    public ImmutableArray<FoundReference> DrainHidden() => _hashes.DrainHidden(index => _references.Hashes[index]);

    /// <summary>The undeclared store paths since <see cref="Clear"/>, sorted by hash; to be asked for once.</summary>
    public ImmutableArray<FoundReference> DrainUndeclared() =>
    [
        .. _undeclared.Drain(_paths.HashOf)
            .Where(reference => !_paths.IsEntry(reference.Target))
            .Select(reference => reference with { Name = _paths.NameOf(reference.Target) })
            .OrderBy(static reference => reference.Target),
    ];

    /// <summary>The left-over build directories since <see cref="Clear"/>; to be asked for once.</summary>
    public FoundText DrainBuildPaths() => _buildPaths.DrainText();

    /// <summary>The scrubbed store paths since <see cref="Clear"/>; to be asked for once.</summary>
    public FoundText DrainScrubbed() => _scrubbed.DrainText();

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (HitLedger ledger in _ledgers)
        {
            ledger.Clear();
        }

        _paths.Clear();
    }

    private void EndDerived(in EvidenceFile holder, string section, bool areOffsetsInFile)
    {
        foreach (HitLedger ledger in _ledgers)
        {
            ledger.EndDerived(holder, section, areOffsetsInFile);
        }
    }
}
