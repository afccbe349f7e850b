using System.Buffers;
using ClosureScan.Spooling;

namespace ClosureScan.Walking;

/// <summary>
/// Bytes that were passed and can be read again: the first of them in memory, what follows in a temporary file. Serves one stream of
/// bytes after the other.
/// </summary>
/// <param name="inMemory">How many bytes are kept in memory.</param>
internal sealed class SpooledBytes(int inMemory = SpooledBytes.MaxInMemory) : IFileBytes, IDisposable
{
    /// <summary>How many bytes are kept in memory unless said otherwise.</summary>
    public const int MaxInMemory = 16 * 1024 * 1024;

    private byte[] _memory = [];
    private int _inMemory;
    private SpoolFile? _file;

    /// <summary>How many bytes were taken.</summary>
    public long Length => _inMemory + (_file?.Length ?? 0);

    /// <summary>Those that are in memory. Valid until the next change.</summary>
    public ReadOnlySpan<byte> InMemory => _memory.AsSpan(0, _inMemory);

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="IOException">The temporary file cannot be made or written.</exception>
    public void Append(ReadOnlySpan<byte> data)
    {
        int count = Math.Min(data.Length, inMemory - _inMemory);
        Reserve(_inMemory + count);
        data[..count].CopyTo(_memory.AsSpan(_inMemory));
        _inMemory += count;
        if (count < data.Length)
        {
            _file ??= new SpoolFile();
            _file.Append(data[count..]);
        }
    }

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
    {
        int count = 0;
        if (offset < _inMemory)
        {
            ReadOnlySpan<byte> from = _memory.AsSpan((int)offset, _inMemory - (int)offset);
            count = Math.Min(from.Length, destination.Length);
            from[..count].CopyTo(destination);
        }

        return _file is null || count == destination.Length ? count : count + _file.Read(offset + count - _inMemory, destination[count..]);
    }

    /// <summary>Forgets all bytes. The memory is kept for the next, a file is not.</summary>
    public void Clear()
    {
        _inMemory = 0;
        _file?.Close();
        _file = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Clear();
        if (_memory.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_memory);
            _memory = [];
        }
    }

    private void Reserve(int length)
    {
        if (length <= _memory.Length)
        {
            return;
        }

        byte[] grown = ArrayPool<byte>.Shared.Rent(Math.Min(inMemory, Math.Max(length, 2 * _memory.Length)));
        _memory.AsSpan(0, _inMemory).CopyTo(grown);
        if (_memory.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_memory);
        }

        _memory = grown;
    }
}
