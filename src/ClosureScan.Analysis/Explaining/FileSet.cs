using System.Numerics;
using System.Runtime.InteropServices;

namespace ClosureScan.Analysis.Explaining;

/// <summary>Some of the files of a path, by number, a bit each.</summary>
internal sealed class FileSet(int fileCount)
{
    private readonly ulong[] _bits = new ulong[(fileCount + 63) / 64];

    /// <summary>How many files.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (ulong word in _bits)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>What equal sets agree in, and no others.</summary>
    public string Key => new(MemoryMarshal.Cast<ulong, char>(_bits));

    public void Add(int file) => _bits[file >> 6] |= 1UL << file;

    /// <summary>Takes in the files of another set; whether that were any new ones.</summary>
    public bool Include(FileSet other)
    {
        ulong news = 0;
        for (int word = 0; word < _bits.Length; word++)
        {
            news |= other._bits[word] & ~_bits[word];
            _bits[word] |= other._bits[word];
        }

        return news != 0;
    }

    public bool IsSubsetOf(FileSet other)
    {
        for (int word = 0; word < _bits.Length; word++)
        {
            if ((_bits[word] & ~other._bits[word]) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The numbers of the files, ascending.</summary>
    public IEnumerable<int> Files()
    {
        for (int word = 0; word < _bits.Length; word++)
        {
            for (ulong left = _bits[word]; left != 0; left &= left - 1)
            {
                yield return (word << 6) + BitOperations.TrailingZeroCount(left);
            }
        }
    }
}
