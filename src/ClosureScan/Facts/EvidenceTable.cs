using System.Buffers;
using ClosureScan.Evidence;

namespace ClosureScan.Facts;

/// <summary>
/// The evidence of one path as bytes: a table of the files that hold some, each once, and behind it the lists. The record of the path says where
/// each list begins. It is what a scan keeps in memory, so that reading costs no more than looking whether it is sound.
/// </summary>
internal sealed class EvidenceTable
{
    private readonly ArrayBufferWriter<byte> _files = new();
    private readonly ArrayBufferWriter<byte> _lists = new();
    private readonly Dictionary<EvidenceFile, long> _starts = [];

    /// <summary>The table; the lists come behind it.</summary>
    public ReadOnlySpan<byte> Files => _files.WrittenSpan;

    /// <summary>The lists.</summary>
    public ReadOnlySpan<byte> Lists => _lists.WrittenSpan;

    /// <summary>Adds a list and returns where it begins among the lists.</summary>
    public long Add(EvidenceList evidence)
    {
        long start = _lists.WrittenCount;
        long previous = 0;
        foreach (ReferenceEvidence item in evidence)
        {
            EvidenceFile file = new(item.File, item.Executable, item.FileSize, item.NarOffset - item.Offset);
            if (!_starts.TryGetValue(file, out long place))
            {
                place = _files.WrittenCount;
                _starts.Add(file, place);
                EvidenceCodec.WriteFile(_files, file);
            }

            EvidenceCodec.WriteItem(_lists, place - previous, narShift: 0, EvidenceItem.From(item), System.Text.Encoding.UTF8.GetBytes(item.Context ?? ""));
            previous = place;
        }

        return start;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _files.ResetWrittenCount();
        _lists.ResetWrittenCount();
        _starts.Clear();
    }
}
