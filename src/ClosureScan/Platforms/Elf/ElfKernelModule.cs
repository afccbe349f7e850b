using System.Buffers;
using ClosureScan.Walking;

namespace ClosureScan.Platforms.Elf;

/// <summary>Tells kernel modules from other objects.</summary>
internal static class ElfKernelModule
{
    /// <summary>The names of a module's sections have a kilobyte or two.</summary>
    private const int MaxNames = 64 * 1024;

    /// <summary>Whether the object has the section that makes it a module: the one its <c>struct module</c> lies in.</summary>
    public static bool IsModule(in FileView file, ElfFile elf)
    {
        if (!elf.TryFindNames(out ElfSection names) || names.Size == 0)
        {
            return false;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(names.Size, MaxNames));
        Span<byte> text = buffer.AsSpan(0, (int)Math.Min(names.Size, MaxNames));
        bool isModule = text[..file.Read((long)names.Offset, text)].IndexOf("\0.gnu.linkonce.this_module\0"u8) >= 0;
        ArrayPool<byte>.Shared.Return(buffer);
        return isModule;
    }
}
