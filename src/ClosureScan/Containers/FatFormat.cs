using System.Buffers.Binary;
using System.Text;
using ClosureScan.Walking;

namespace ClosureScan.Containers;

/// <summary>
/// FAT12, FAT16 and FAT32 with long names (Microsoft, "FAT: General Overview of On-Disk Format", 1.03).
/// <list type="bullet">
/// <item>Boot sector: bytes a sector at 11, sectors a cluster at 13, reserved sectors at 14, tables at 16, entries of the root at 17, sectors at 19 or 32, sectors of a table at 22 or 36, root
/// cluster of FAT32 at 44, 0x55aa at 510. Fewer than 4,085 clusters make it FAT12, fewer than 65,525 FAT16.</item>
/// <item>The table chains clusters; the data area begins behind the tables and, before FAT32, the root directory. Its first cluster is number 2.</item>
/// <item>An entry: 32 bytes, name in eight and three, attributes at 11 (8 a label, 16 a directory, 15 a piece of a long name), cluster at 26 and 20, size at 28. The
/// pieces of a long name, thirteen UTF-16 characters each, come before it, the last one first.</item>
/// </list>
/// </summary>
internal sealed class FatFormat : IImageFormat
{
    private const int MaxDepth = 64;

    /// <inheritdoc/>
    public string Name => "FAT";

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> beginning) =>
        beginning.Length >= 512 && beginning[510] == 0x55 && beginning[511] == 0xaa
        && (beginning[0] == 0xeb || beginning[0] == 0xe9)
        && BinaryPrimitives.ReadUInt16LittleEndian(beginning[11..]) is 512 or 1024 or 2048 or 4096
        && beginning[13] is > 0 and var cluster && (cluster & (cluster - 1)) == 0
        && BinaryPrimitives.ReadUInt16LittleEndian(beginning[14..]) > 0
        && beginning[16] is 1 or 2
        && (beginning[54..].StartsWith("FAT"u8) || beginning[82..].StartsWith("FAT32"u8));

    /// <inheritdoc/>
    public void Read(ByteSource bytes, IContainerSink sink)
    {
        FatVolume volume = new(bytes, sink);
        Stack<Level> levels = new();
        sink.Directory([]);
        levels.Push(new Level([], volume.OpenRoot()));
        while (levels.TryPeek(out Level? level))
        {
            if (!level.TryNext(sink, out byte[] name, out bool isDirectory, out uint cluster, out uint size))
            {
                levels.Pop();
                continue;
            }

            byte[] path = level.Path.Length == 0 ? name : [.. level.Path, (byte)'/', .. name];
            sink.Spend(path.Length);
            if (levels.Count > MaxDepth)
            {
                sink.LeftOut($"directories nested more than {MaxDepth} deep");
            }
            else if (isDirectory)
            {
                sink.Directory(path);
                levels.Push(new Level(path, volume.Open(cluster, uint.MaxValue)));
            }
            else
            {
                using Stream contents = volume.Open(cluster, size);

                // There are no executable bits: what is a program says so itself.
                sink.File(path, executable: false, contents);
            }
        }
    }

    /// <summary>A directory on the way.</summary>
    private sealed class Level(byte[] path, Stream entries)
    {
        private const int EntrySize = 32;
        private const byte LongName = 15, Label = 8, DirectoryBit = 16;

        private readonly byte[] _entry = new byte[EntrySize];
        private readonly char[] _longName = new char[20 * 13];
        private int _longLength;

        public byte[] Path { get; } = path;

        public bool TryNext(IContainerSink sink, out byte[] name, out bool isDirectory, out uint cluster, out uint size)
        {
            while (entries.ReadAtLeast(_entry, EntrySize, throwOnEndOfStream: false) == EntrySize && _entry[0] != 0)
            {
                sink.Spend(EntrySize);
                byte attributes = _entry[11];
                if (_entry[0] == 0xe5)
                {
                    _longLength = 0;
                }
                else if ((attributes & 0x3f) == LongName)
                {
                    TakePiece();
                }
                else if ((attributes & Label) != 0 || _entry[0] == '.')
                {
                    _longLength = 0;
                }
                else
                {
                    name = Encoding.UTF8.GetBytes(_longLength > 0 ? new string(_longName, 0, _longLength) : ShortName());
                    _longLength = 0;
                    isDirectory = (attributes & DirectoryBit) != 0;
                    cluster = BinaryPrimitives.ReadUInt16LittleEndian(_entry.AsSpan(26))
                        | ((uint)BinaryPrimitives.ReadUInt16LittleEndian(_entry.AsSpan(20)) << 16);
                    size = BinaryPrimitives.ReadUInt32LittleEndian(_entry.AsSpan(28));
                    return true;
                }
            }

            (name, isDirectory, cluster, size) = ([], false, 0, 0);
            return false;
        }

        private void TakePiece()
        {
            ReadOnlySpan<byte> places = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];
            int index = (_entry[0] & 0x1f) - 1;
            if (index is < 0 or >= 20)
            {
                return;
            }

            _longLength = (_entry[0] & 0x40) != 0 ? (index + 1) * places.Length : _longLength;
            for (int character = 0; character < places.Length; character++)
            {
                char value = (char)BinaryPrimitives.ReadUInt16LittleEndian(_entry.AsSpan(places[character]));
                int place = (index * places.Length) + character;
                _longName[place] = value;
                if (value == 0)
                {
                    _longLength = Math.Min(_longLength, place);
                }
            }
        }

        private string ShortName()
        {
            string stem = Encoding.Latin1.GetString(_entry, 0, 8).TrimEnd(' ');
            string ending = Encoding.Latin1.GetString(_entry, 8, 3).TrimEnd(' ');
            return (ending.Length == 0 ? stem : $"{stem}.{ending}").ToLowerInvariant();
        }
    }
}
