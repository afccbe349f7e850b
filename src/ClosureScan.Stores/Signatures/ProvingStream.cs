using System.Security.Cryptography;
using ClosureScan.Input;
using ClosureScan.Paths;

namespace ClosureScan.Stores.Signatures;

/// <summary>
/// Hands a NAR on and computes its content address on the way: at the end of one that has another, reading fails, and nothing that was read counts. For paths
/// that nobody signed and whose address is not the NAR's SHA-256. Owns its source.
/// </summary>
internal sealed class ProvingStream : ForwardStream
{
    /// <summary>What stands before the bytes of a NAR that is one file, not executable; behind it comes their length.</summary>
    private static readonly byte[] FileHead =
    [
        .. Word("nix-archive-1"), .. Word("("), .. Word("type"), .. Word("regular"), .. Word("contents"),
    ];

    private readonly Stream _source;
    private readonly ContentAddress _address;
    private readonly IncrementalHash _hash;
    private readonly byte[] _head = new byte[FileHead.Length + sizeof(ulong)];
    private int _headLength;
    private ulong _left;

    public ProvingStream(Stream source, ContentAddress address)
    {
        Sha256.Require();
        _source = source;
        _address = address;
        _hash = IncrementalHash.CreateHash(new HashAlgorithmName(address.Algorithm.ToUpperInvariant()));
    }

    public override int Read(Span<byte> buffer)
    {
        int count = _source.Read(buffer);
        if (count == 0 && !buffer.IsEmpty)
        {
            Check();
        }
        else if (_address.IsOfFile)
        {
            TakeFile(buffer[..count]);
        }
        else
        {
            _hash.AppendData(buffer[..count]);
        }

        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Word(string text)
    {
        byte[] word = new byte[sizeof(ulong) + ((text.Length + 7) / 8 * 8)];
        word[0] = (byte)text.Length;
        System.Text.Encoding.ASCII.GetBytes(text, word.AsSpan(sizeof(ulong)));
        return word;
    }

    private void TakeFile(ReadOnlySpan<byte> bytes)
    {
        if (_headLength < _head.Length)
        {
            int taken = Math.Min(_head.Length - _headLength, bytes.Length);
            bytes[..taken].CopyTo(_head.AsSpan(_headLength));
            _headLength += taken;
            bytes = bytes[taken..];
            if (_headLength == _head.Length)
            {
                _left = System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(_head.AsSpan(FileHead.Length));
            }
        }

        // Behind the file are its padding and two brackets, which the reader of the NAR checks.
        int count = (int)Math.Min(_left, (ulong)bytes.Length);
        _hash.AppendData(bytes[..count]);
        _left -= (ulong)count;
    }

    private void Check()
    {
        bool isRight = (!_address.IsOfFile || (_headLength == _head.Length && _head.AsSpan(0, FileHead.Length).SequenceEqual(FileHead) && _left == 0))
            && _hash.GetCurrentHash().AsSpan().SequenceEqual(_address.Hash);
        if (!isRight)
        {
            throw new IOException("these are not the contents that its content address is of, and nobody has signed them");
        }
    }
}
