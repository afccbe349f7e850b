using ClosureScan.Platforms;
using ClosureScan.Scanning;
using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>What <see cref="ScanOptions.Deep"/> adds to a scan: three more searches over the same bytes.</summary>
internal sealed class DeepSearch
{
    private readonly HitLedger[] _ledgers;
    private readonly int[] _hitsBefore;

    /// <summary>Makes a search.</summary>
    public DeepSearch(ReferenceSet references, ScanOptions options, RemarkBook remarks)
    {
        Undeclared = new UndeclaredPaths(references, options, remarks);
        Hidden = new HiddenReferences(references, options, remarks);
        BuildPaths = new BuildPaths(options);
        _ledgers = [Undeclared.Ledger, Undeclared.Scrubbed, BuildPaths.Ledger];
        _hitsBefore = new int[_ledgers.Length];
    }

    /// <summary>Store paths that nobody declared, and those that were scrubbed.</summary>
    public UndeclaredPaths Undeclared { get; }

    /// <summary>References where Nix does not look.</summary>
    public HiddenReferences Hidden { get; }

    /// <summary>Left-over build directories.</summary>
    public BuildPaths BuildPaths { get; }

    /// <summary>Begins a file.</summary>
    public void BeginFile(long length)
    {
        Undeclared.Begin();
        BuildPaths.Begin();
        Hidden.BeginFile();
        foreach (HitLedger ledger in _ledgers)
        {
            ledger.BeginFile(length);
        }
    }

    /// <summary>Takes the file's next bytes.</summary>
    public void Pass(ReadOnlySpan<byte> data)
    {
        CountHits();
        Undeclared.Take(data);
        BuildPaths.Take(data);
        PassToLedgers(data);
        Hidden.Pass(data);
    }

    /// <summary>Turns what was found in the file into evidence.</summary>
    public void EndFile(in WalkedFile file, in FileView view, FileIdentity identity)
    {
        CountHits();
        Undeclared.Complete();
        BuildPaths.Complete();
        PassToLedgers([]);
        foreach (HitLedger ledger in _ledgers)
        {
            ledger.EndFile(file, view, identity);
        }

        Hidden.EndFile(file, view);
    }

    /// <summary>Searches the target of a symlink. Names hold no paths.</summary>
    public void Symlink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target, long narOffset)
    {
        Undeclared.Begin();
        Undeclared.Take(target);
        Undeclared.Complete();
        BuildPaths.Begin();
        BuildPaths.Take(target);
        BuildPaths.Complete();
        foreach (HitLedger ledger in _ledgers)
        {
            ledger.EndText(path, target, narOffset, Mechanism.SymlinkTarget);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Undeclared.Clear();
        Hidden.Clear();
        BuildPaths.Ledger.Clear();
    }

    private void CountHits()
    {
        for (int index = 0; index < _ledgers.Length; index++)
        {
            _hitsBefore[index] = _ledgers[index].HitCount;
        }
    }

    private void PassToLedgers(ReadOnlySpan<byte> data)
    {
        for (int index = 0; index < _ledgers.Length; index++)
        {
            _ledgers[index].Pass(data, _hitsBefore[index]);
        }
    }
}
