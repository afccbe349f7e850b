using System.Runtime.InteropServices;

namespace ClosureScan.Testing;

/// <summary>
/// Memory with a page on either side that must not be touched: a read before the first byte of <see cref="AtStart"/> or after the
/// last byte of <see cref="AtEnd"/> ends the process. Unix only; elsewhere it is plain memory.
/// </summary>
public sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int ProtectNone = 0;
    private const int ProtectReadWrite = 3;
    private const int MapPrivate = 2;

    private readonly byte* _pages;
    private readonly nuint _pageSize = (nuint)Environment.SystemPageSize;
    private readonly nuint _usable;

    /// <summary>Makes room for <paramref name="length"/> bytes.</summary>
    public GuardedMemory(int length)
    {
        _usable = ((nuint)length + _pageSize - 1) / _pageSize * _pageSize;
        if (OperatingSystem.IsWindows())
        {
            _pages = (byte*)NativeMemory.AlignedAlloc(_usable + (2 * _pageSize), _pageSize);
            return;
        }

        int mapAnonymous = OperatingSystem.IsMacOS() ? 0x1000 : 0x20;
        _pages = Map(null, _usable + (2 * _pageSize), ProtectReadWrite, MapPrivate | mapAnonymous, -1, 0);
        if (_pages == (byte*)-1
            || Protect(_pages, _pageSize, ProtectNone) != 0
            || Protect(_pages + _pageSize + _usable, _pageSize, ProtectNone) != 0)
        {
            throw new InvalidOperationException($"No guarded memory: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    /// <summary>The first <paramref name="length"/> bytes; a guard lies before them.</summary>
    public Span<byte> AtStart(int length) => new(_pages + _pageSize, checked((int)Math.Min((nuint)length, _usable)));

    /// <summary>The last <paramref name="length"/> bytes; a guard lies behind them.</summary>
    public Span<byte> AtEnd(int length) => new(_pages + _pageSize + _usable - (nuint)length, length);

    /// <summary>Gives the memory back; the spans are dead from here on.</summary>
    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
        {
            NativeMemory.AlignedFree(_pages);
        }
        else
        {
            _ = Unmap(_pages, _usable + (2 * _pageSize));
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial byte* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(void* address, nuint length);
}
