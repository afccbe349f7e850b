namespace ClosureScan.Platforms;

/// <summary>The machine numbers of PE and COFF (Microsoft's PE format, "Machine types").</summary>
internal static class CoffMachine
{
    /// <summary>Looks a number up; null for one that this table does not know.</summary>
    public static Processor? Find(ushort machine) => machine switch
    {
        0x014c => Processor.Find("i686"),
        0x0166 => Processor.Find("mipsel"),
        0x01c0 or 0x01c2 => Processor.Find("arm"),
        0x01c4 => Processor.Find("armv7l"),
        0x01f0 => Processor.Find("powerpcle"),
        0x0200 => Processor.Find("ia64"),
        0x0ebc => Processor.Find("ebc"),
        0x5032 => Processor.Find("riscv32"),
        0x5064 => Processor.Find("riscv64"),
        0x6232 => Processor.Find("loongarch32"),
        0x6264 => Processor.Find("loongarch64"),
        0x8664 => Processor.Find("x86_64"),
        0xa641 or 0xa64e or 0xaa64 => Processor.Find("aarch64"),
        _ => null,
    };
}
