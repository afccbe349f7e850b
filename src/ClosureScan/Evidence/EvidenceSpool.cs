using ClosureScan.Spooling;

namespace ClosureScan.Evidence;

/// <summary>Where the evidence of one scanner's paths ends up: in memory while there is little, in one temporary file when there is much.</summary>
internal sealed class EvidenceSpool
{
    /// <summary>What the scans of one scanner hold in memory, whoever keeps them: 16 MiB, some 200,000 pieces of evidence.</summary>
    public const long MaxHeld = 16 * 1024 * 1024;

    private SpoolFile? _file;
    private long _held;

    /// <summary>The file, made when it is asked for first.</summary>
    public SpoolFile File => _file ??= new SpoolFile();

    /// <summary>Whether so many more bytes may stay in memory; they then count as held.</summary>
    public bool TryHold(long length)
    {
        if (_held + length > MaxHeld)
        {
            return false;
        }

        _held += length;
        return true;
    }
}
