using System.Collections.Immutable;
using ClosureScan.Scanning;
using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>References where Nix does not look: in compressed contents and in UTF-16 text.</summary>
internal sealed class HiddenReferences
{
    private readonly ReferenceSet _references;
    private readonly EvidenceCollector _collector;
    private readonly WideText _wideText;
    private readonly CompressedContents _compressed;

    /// <summary>Makes a search for <paramref name="references"/>.</summary>
    public HiddenReferences(ReferenceSet references, ScanOptions options, RemarkBook remarks)
    {
        _references = references;
        _collector = new EvidenceCollector(references.Count, options);
        _wideText = new WideText(references, _collector);
        _compressed = new CompressedContents(references, _collector, options.Decoders, remarks);
    }

    /// <summary>Begins a file.</summary>
    public void BeginFile() => _wideText.Begin();

    /// <summary>Takes the file's next bytes.</summary>
    public void Pass(ReadOnlySpan<byte> data) => _wideText.Take(data);

    /// <summary>Turns what was found in the file into evidence.</summary>
    public void EndFile(in WalkedFile file, in FileView view)
    {
        _wideText.End(file, view);
        _compressed.Scan(file, view);
    }

    /// <summary>What was found since the last call, sorted by target.</summary>
    public ImmutableArray<FoundReference> Drain() => _collector.Drain(index => _references.Hashes[index]);

    /// <summary>Forgets everything.</summary>
    public void Clear() => _collector.Clear();
}
