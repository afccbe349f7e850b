using ClosureScan.Input;
using Microsoft.Win32.SafeHandles;

namespace ClosureScan.Stores.Export;

/// <summary>Some bytes of a file, which others may read at the same time. Does not own the file.</summary>
internal sealed class FileSlice(SafeFileHandle file, long start, long length) : ForwardStream
{
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        int count = RandomAccess.Read(file, buffer[..(int)Math.Min(buffer.Length, length - _read)], start + _read);
        _read += count;
        return count;
    }
}
