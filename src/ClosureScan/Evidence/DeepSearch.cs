using ClosureScan.Platforms;
using ClosureScan.Scanning;
using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>What <see cref="ScanOptions.Deep"/> adds to a scan: three more searches over the same bytes.</summary>
internal sealed class DeepSearch(ReferenceSet references, ScanOptions options)
{
    /// <summary>Store paths that nobody declared.</summary>
    public UndeclaredPaths Undeclared { get; } = new(references, options);

    /// <summary>References where Nix does not look.</summary>
    public HiddenReferences Hidden { get; } = new(references, options);

    /// <summary>Left-over build directories.</summary>
    public BuildPaths BuildPaths { get; } = new(options);

    /// <summary>Begins a file.</summary>
    public void BeginFile(long length)
    {
        Undeclared.Begin();
        Undeclared.Ledger.BeginFile(length);
        BuildPaths.Begin();
        BuildPaths.Ledger.BeginFile(length);
        Hidden.BeginFile();
    }

    /// <summary>Takes the file's next bytes.</summary>
    public void Pass(ReadOnlySpan<byte> data)
    {
        int before = Undeclared.Ledger.HitCount;
        Undeclared.Take(data);
        Undeclared.Ledger.Pass(data, before);
        before = BuildPaths.Ledger.HitCount;
        BuildPaths.Take(data);
        BuildPaths.Ledger.Pass(data, before);
        Hidden.Pass(data);
    }

    /// <summary>Turns what was found in the file into evidence.</summary>
    public void EndFile(in WalkedFile file, in FileView view, FileIdentity identity)
    {
        int before = Undeclared.Ledger.HitCount;
        Undeclared.Complete();
        Undeclared.Ledger.Pass([], before);
        Undeclared.Ledger.EndFile(file, view, identity);
        before = BuildPaths.Ledger.HitCount;
        BuildPaths.Complete();
        BuildPaths.Ledger.Pass([], before);
        BuildPaths.Ledger.EndFile(file, view, identity);
        Hidden.EndFile(file, view);
    }

    /// <summary>Searches the target of a symlink. Names hold no paths.</summary>
    public void Symlink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target, long narOffset)
    {
        Undeclared.Begin();
        Undeclared.Take(target);
        Undeclared.Complete();
        Undeclared.Ledger.EndText(path, target, narOffset, Mechanism.SymlinkTarget);
        BuildPaths.Begin();
        BuildPaths.Take(target);
        BuildPaths.Complete();
        BuildPaths.Ledger.EndText(path, target, narOffset, Mechanism.SymlinkTarget);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Undeclared.Clear();
        Hidden.Clear();
        BuildPaths.Ledger.Clear();
    }
}
