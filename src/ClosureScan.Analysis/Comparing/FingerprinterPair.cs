using ClosureScan.Analysis.Comparing.Fingerprints;

namespace ClosureScan.Analysis.Comparing;

/// <summary>The tools of one worker: a fingerprinter a side, made when it is needed.</summary>
internal sealed class FingerprinterPair(ComparedSide cross, ComparedSide native) : IDisposable
{
    private readonly Lazy<Fingerprinter> _cross = new(() => new Fingerprinter(cross.Names));
    private readonly Lazy<Fingerprinter> _native = new(() => new Fingerprinter(native.Names));

    public Fingerprinter Of(ComparedSide side) => (side == cross ? _cross : _native).Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Lazy<Fingerprinter> fingerprinter in (Lazy<Fingerprinter>[])[_cross, _native])
        {
            if (fingerprinter.IsValueCreated)
            {
                fingerprinter.Value.Dispose();
            }
        }
    }
}
