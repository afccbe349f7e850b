using System.Buffers.Binary;
using ClosureScan.Input;

namespace ClosureScan.Containers;

/// <summary>
/// lz4 as a stream (lz4: doc/lz4_Frame_format.md). A frame: the magic, flags (bits 7 and 6 the version 01, 4 a checksum behind each block, 3 the size, 2 a checksum at
/// the end, 0 a dictionary), the largest block in bits 4 to 6 of the next byte, what the flags announce, a checksum of a byte; blocks with their size before them, whose highest bit
/// says that they are not compressed; a size of 0. The old format has blocks of up to 8 MiB with their size, and nothing else. Checksums are not compared.
/// </summary>
internal sealed class Lz4Stream(Stream compressed) : ForwardStream
{
    private const uint Magic = 0x184d2204, OldMagic = 0x184c2102;
    private const int History = 64 * 1024;
    private const int OldBlock = 8 * 1024 * 1024;

    private byte[] _block = [];
    private byte[] _plain = [];
    private int _maxBlock;
    private int _start;
    private int _end;
    private bool _isOld;
    private bool _isOpen;
    private bool _hasBlockChecksums;
    private bool _hasChecksum;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (_start == _end)
        {
            if (_isOpen ? !ReadBlock() : !ReadHeader())
            {
                return 0;
            }
        }

        int count = Math.Min(buffer.Length, _end - _start);
        _plain.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    private bool ReadHeader()
    {
        if (TryReadNumber() is not { } magic)
        {
            return false;
        }

        _isOld = magic == OldMagic;
        if (!_isOld && magic != Magic)
        {
            throw new InvalidDataException("No lz4 frame.");
        }

        _maxBlock = OldBlock;
        if (!_isOld)
        {
            Span<byte> header = stackalloc byte[2 + 8 + 4 + 1];
            compressed.ReadExactly(header[..2]);
            byte flags = header[0];
            int size = (header[1] >> 4) & 7;
            if (flags >> 6 != 1 || size is < 4 or > 7 || (flags & 1) != 0)
            {
                throw new InvalidDataException("An lz4 frame of another version, or with a dictionary.");
            }

            compressed.ReadExactly(header[..(((flags & 8) != 0 ? 8 : 0) + 1)]);
            _maxBlock = 1 << (8 + (2 * size));
            _hasBlockChecksums = (flags & 16) != 0;
            _hasChecksum = (flags & 4) != 0;
        }

        _block = _block.Length < _maxBlock ? new byte[_maxBlock] : _block;
        _plain = _plain.Length < _maxBlock + History ? new byte[_maxBlock + History] : _plain;
        (_start, _end, _isOpen) = (0, 0, true);
        return true;
    }

    private bool ReadBlock()
    {
        uint size = TryReadNumber() ?? (_isOld ? 0u : throw new InvalidDataException("The lz4 frame is cut off."));
        if (_isOld && size is Magic or OldMagic or 0)
        {
            // Files of the old format follow one another without an end.
            return size == OldMagic && ReadBlock();
        }

        if (size == 0)
        {
            _isOpen = false;
            return !_hasChecksum || TryReadNumber() is not null;
        }

        const uint IsPlain = 1u << 31;
        int length = (int)(_isOld ? size : size & ~IsPlain);
        if (length < 0 || length > _block.Length)
        {
            throw new InvalidDataException($"An lz4 block of {size} bytes where {_maxBlock} are the most.");
        }

        // What came last stays before the block, which may refer to it.
        int history = _isOld ? 0 : Math.Min(History, _end);
        _plain.AsSpan(_end - history, history).CopyTo(_plain);
        compressed.ReadExactly(_block, 0, length);
        if (!_isOld && (size & IsPlain) != 0)
        {
            _block.AsSpan(0, length).CopyTo(_plain.AsSpan(history));
            _end = history + length;
        }
        else
        {
            _end = history + Lz4Block.Decode(_block.AsSpan(0, length), _plain.AsSpan(0, history + _maxBlock), history);
        }

        _start = history;
        if (_hasBlockChecksums && !_isOld)
        {
            _ = TryReadNumber();
        }

        return true;
    }

    private uint? TryReadNumber()
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        int count = compressed.ReadAtLeast(number, number.Length, throwOnEndOfStream: false);
        return count == 0 ? null
            : count < number.Length ? throw new InvalidDataException("The lz4 data are cut off.")
            : BinaryPrimitives.ReadUInt32LittleEndian(number);
    }
}
