using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ClosureScan.Walking;

namespace ClosureScan.Containers;

/// <summary>
/// A disk with partitions. MBR: four entries of 16 bytes at 446 (type at 4, first sector at 8, sectors at 12), 0x55aa at 510; a type of 5, 15 or 0x85 is a chain of
/// further tables. GPT: an entry of type 0xee there, "EFI PART" in the second sector (at 72 the sector of the entries, at 80 their number, at 84 their size); an entry: type in 16
/// bytes, first and last sector at 32 and 40 (UEFI Specification 2.10, chapter 5).
/// </summary>
internal sealed class PartitionFormat : IImageFormat
{
    private const int Sector = 512;
    private const int Table = 446;
    private const int MaxPartitions = 128;

    /// <inheritdoc/>
    public string Name => "partitions";

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> beginning)
    {
        // A kernel for x86 has the two bytes as well, and its own magic behind them.
        if (beginning.Length < 2 * Sector || beginning[510] != 0x55 || beginning[511] != 0xaa || beginning[0x202..].StartsWith("HdrS"u8))
        {
            return false;
        }

        // A boot sector of FAT ends in the same two bytes; what it has there is code.
        bool hasOne = false;
        for (int entry = Table; entry < 510; entry += 16)
        {
            uint sectors = BinaryPrimitives.ReadUInt32LittleEndian(beginning[(entry + 12)..]);
            if ((beginning[entry] & 0x7f) != 0 || (beginning[entry + 4] == 0) != (sectors == 0))
            {
                return false;
            }

            hasOne |= beginning[entry + 4] != 0;
        }

        return hasOne;
    }

    /// <inheritdoc/>
    public void Read(ByteSource bytes, IContainerSink sink)
    {
        const byte Protective = 0xee;
        bool isGpt = bytes.Length >= 2 * Sector && bytes.UInt64(Sector) == 0x5452415020494645;
        int number = 0;
        for (int entry = Table; entry < 510; entry += 16)
        {
            byte type = (byte)bytes.UInt16(entry + 4);
            if (type == Protective && isGpt)
            {
                ReadGpt(bytes, sink);
                return;
            }

            number++;
            long first = bytes.UInt32(entry + 8);
            if (type is 5 or 15 or 0x85)
            {
                ReadChain(bytes, first, sink);
            }
            else if (type != 0)
            {
                Tell(sink, number, bytes, first, bytes.UInt32(entry + 12));
            }
        }
    }

    private static void ReadGpt(ByteSource bytes, IContainerSink sink)
    {
        ulong table = bytes.UInt64(Sector + 72);
        uint count = Math.Min(MaxPartitions, bytes.UInt32(Sector + 80));
        uint size = bytes.UInt32(Sector + 84);
        if (size is < 128 or > 4096 || table > (ulong)(bytes.Length / Sector))
        {
            throw new InvalidDataException($"A GUID partition table of entries of {size} bytes at sector {table}.");
        }

        for (uint index = 0; index < count; index++)
        {
            long entry = ((long)table * Sector) + (index * size);
            if ((bytes.UInt64(entry) | bytes.UInt64(entry + 8)) == 0)
            {
                continue;
            }

            ulong first = bytes.UInt64(entry + 32);
            ulong last = bytes.UInt64(entry + 40);
            if (first > last || last > (ulong)(long.MaxValue / Sector) - 1)
            {
                throw new InvalidDataException($"Partition {index + 1} reaches from sector {first} to {last}.");
            }

            Tell(sink, (int)index + 1, bytes, (long)first, (long)(last - first) + 1);
        }
    }

    // Each table of the chain has a partition, from that table on, and the next table, from the first on.
    private static void ReadChain(ByteSource bytes, long chain, IContainerSink sink)
    {
        long table = chain;
        for (int number = 5; number < MaxPartitions; number++)
        {
            long place = (table * Sector) + Table;
            if (bytes.UInt16((table * Sector) + 510) != 0xaa55)
            {
                throw new InvalidDataException($"No partition table in sector {table}.");
            }

            Tell(sink, number, bytes, table + bytes.UInt32(place + 8), bytes.UInt32(place + 12));
            uint next = bytes.UInt32(place + 16 + 8);
            if (next == 0)
            {
                return;
            }

            table = chain + next;
        }
    }

    private static void Tell(IContainerSink sink, int number, ByteSource bytes, long first, long count)
    {
        // The beginning of each is looked at, be they one inside the other.
        sink.Spend(Scanning.RollingWindow.Head);
        sink.Part(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"partition {number}")), bytes.Slice(first * Sector, count * Sector));
    }
}
