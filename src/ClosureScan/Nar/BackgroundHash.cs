using System.Buffers;
using System.Security.Cryptography;
using ClosureScan.Paths;

namespace ClosureScan.Nar;

/// <summary>
/// The SHA-256 of a stream, computed on another thread while the caller goes on with its own work. One thread at a time appends.
/// </summary>
/// <remarks>
/// Hashing takes several times as long as searching, and both need the same bytes, so the bytes are copied, which takes a seventh of
/// the time that hashing does, and hashed in blocks: one is hashed while the next is filled. A block that no thread of the pool has
/// begun when the next one is full is hashed by the caller: so nothing waits for a thread that does not come, and on a
/// machine without idle processors all is as it would be without the pool. Streams shorter than a block never leave their thread.
/// </remarks>
internal sealed class BackgroundHash : IThreadPoolWorkItem, IDisposable
{
    private const int BlockSize = 256 * 1024;

    private readonly IncrementalHash _hash = Sha256.Begin();

    // Held while a block is hashed: who takes it finds no other thread at the block or the hash.
    private readonly Lock _hashing = new();
    private byte[] _block = ArrayPool<byte>.Shared.Rent(BlockSize);
    private byte[] _handedOver = ArrayPool<byte>.Shared.Rent(BlockSize);
    private int _count;
    private bool _isWaiting;

    /// <summary>Adds the next bytes of the stream, which are copied.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(bytes.Length, BlockSize - _count);
            bytes[..count].CopyTo(_block.AsSpan(_count));
            bytes = bytes[count..];
            _count += count;
            if (_count == BlockSize)
            {
                HandOver();
            }
        }
    }

    /// <summary>The hash of all that was appended. Begins anew.</summary>
    public NarHash Finish()
    {
        HashWaiting();
        _hash.AppendData(_block, 0, _count);
        _count = 0;
        return new NarHash(_hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_hashing)
        {
            if (_block.Length > 0)
            {
                _isWaiting = false;
                ArrayPool<byte>.Shared.Return(_block);
                ArrayPool<byte>.Shared.Return(_handedOver);
                _block = _handedOver = [];
                _hash.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => HashWaiting();

    private void HandOver()
    {
        lock (_hashing)
        {
            HashWaiting();
            (_block, _handedOver) = (_handedOver, _block);
            _count = 0;
            _isWaiting = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    // An item of the queue may come late, when the caller has hashed the block, or another item.
    private void HashWaiting()
    {
        lock (_hashing)
        {
            if (_isWaiting)
            {
                _hash.AppendData(_handedOver, 0, BlockSize);
                _isWaiting = false;
            }
        }
    }
}
