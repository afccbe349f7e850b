using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using ClosureScan.Testing;
using ClosureScan.Tests.Evidence;
using ClosureScan.Tests.Platforms;

namespace ClosureScan.Tests;

/// <summary>
/// Damaged binaries through the whole scanner, deep search included: whatever the bytes are, it ends, throws nothing and keeps within
/// its memory. CLOSURESCAN_FUZZ_CASES sets how many; a failure names its seed.
/// </summary>
[Trait(Tier.Name, Tier.Laws)]
public sealed class PathScannerFuzzTests
{
    /// <summary>A file of a few KiB may name at most 64 MiB of expanded contents, which pass through buffers.</summary>
    private const long MaxAllocated = 64 * 1024 * 1024;

    private static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("CLOSURESCAN_FUZZ_CASES") ?? "20000", CultureInfo.InvariantCulture);

    private static readonly string[] Names = ["bin/app", "lib/lib.so", "lib/lib.a", "share/a.gz", "lib/pkgconfig/a.pc", "share/a.jar", "lib/firmware/a"];

    [Fact]
    public async Task Damaged_file_is_scanned_to_its_end_within_bounds()
    {
        byte[][] seeds = Seeds();
        PathScanner scanner = new(EvidenceHarness.Both, new ScanOptions { Deep = true, EveryOccurrence = true });
        for (int seed = 0; seed < Cases; seed++)
        {
            Random random = new(seed);
            byte[] damaged = Damage(seeds[random.Next(seeds.Length)], seeds[random.Next(seeds.Length)], random);
            byte[] nar = new MemoryTree().File(Names[random.Next(Names.Length)], damaged, executable: (seed & 1) == 0).ToNar();
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Task<PathScan> pending = scanner.ScanNarAsync(PipeReader.Create(new MemoryStream(nar))).AsTask();
                Assert.True(pending.IsCompleted, "The scan left this thread, whose allocations are counted.");
                PathScan scan = await pending;
                Assert.Equal((nar.Length, damaged.Length), (scan.NarSize, scan.ByteCount));
            }
            catch (Exception failure) when (failure is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"seed {seed}: {failure}");
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MaxAllocated, $"seed {seed}: {allocated} bytes allocated for a file of {damaged.Length}");
        }
    }

    private static byte[][] Seeds()
    {
        byte[] text = System.Text.Encoding.ASCII.GetBytes($"\0{EvidenceHarness.Bash}/bin/bash\0{EvidenceHarness.Gcc}\0/build/source/a.c\0");
        byte[] elf = new ElfBuilder(is64: true) { Machine = 62, Flags = 0 }
            .Interpreter($"{EvidenceHarness.Bash}/lib/ld.so").Dynamic(29, $"{EvidenceHarness.Gcc}/lib").Dynamic(1, "libc.so.6")
            .Note("GNU", 1, new byte[16]).Section(".rodata", 1, 2, text).Section(".debug_line", 1, 0, text).Build();
        byte[] arm = new ElfBuilder { Type = 1 }.ArmAttributes((6, 10), (28, 1)).Section(".debug_str", 1, 0, text).Build();
        byte[] archive = new ArchiveBuilder().Member("/", new byte[8]).Member("crt1.o/", arm).BsdMember("long name of a member.o", elf).Build();
        byte[] machO = MachineFiles.MachO(0x0100000c, "/usr/lib/dyld", $"{EvidenceHarness.Bash}/lib/libz.dylib", runPath: EvidenceHarness.Gcc);
        return
        [
            elf, arm, archive, machO, MachineFiles.Fat(machO, machO), [.. MachineFiles.Pe(0x8664, 3, managedFlags: 1), .. text],
            Zip(elf, text), GZip(elf), GZip(GZip(text)), MachineFiles.Wasm(4), [.. MachineFiles.Wasm(0), 11, 100, .. text, 0, 20, 4, .. "name"u8, .. text], MachineFiles.Fit("arm64"), text,
            new ElfBuilder(is64: true) { Machine = 243, Type = 1, Flags = 5 }.Section(".riscv.attributes", 0x70000003, 0, [(byte)'A', 29, 0, 0, 0, .. "riscv\0"u8, 1, 19, 0, 0, 0, 4, 16, 5, .. "rv64i2p1_m\0"u8]).Build(),
            new ElfBuilder(big: true) { Machine = 8, Flags = 0x70001007 }.Section(".MIPS.abiflags", 0x7000002a, 2, [0, 0, 32, 2, 1, 1, 0, 3, .. new byte[16]]).Build(),
        ];
    }

    /// <summary>One to eight changes: a bit, a byte, a number at its limit, a piece cut out, doubled or taken from another file, the end cut off.</summary>
    private static byte[] Damage(byte[] file, byte[] other, Random random)
    {
        List<byte> bytes = [.. file];
        for (int changes = random.Next(1, 9); changes > 0 && bytes.Count > 8; changes--)
        {
            int at = random.Next(2) == 0 ? random.Next(Math.Min(bytes.Count, 128)) : random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 65), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: Fill(bytes, at, 1 << random.Next(4), random.Next(2) == 0 ? (byte)0xff : (byte)0x7f); break;
                case 3: bytes.RemoveRange(at, length); break;
                case 4: bytes.InsertRange(at, [.. bytes.GetRange(at, length)]); break;
                case 5: bytes.InsertRange(at, other.Skip(random.Next(other.Length)).Take(length)); break;
                default: bytes.RemoveRange(bytes.Count - length, length); break;
            }
        }

        return [.. bytes];
    }

    private static void Fill(List<byte> bytes, int at, int length, byte value)
    {
        for (int i = at; i < Math.Min(at + length, bytes.Count); i++)
        {
            bytes[i] = value;
        }
    }

    private static byte[] GZip(byte[] contents)
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(contents);
        }

        return bytes.ToArray();
    }

    private static byte[] Zip(params byte[][] members)
    {
        using MemoryStream bytes = new();
        using (ZipArchive zip = new(bytes, ZipArchiveMode.Create))
        {
            for (int i = 0; i < members.Length; i++)
            {
                ZipArchiveEntry entry = zip.CreateEntry($"member{i}", CompressionLevel.Fastest);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using Stream contents = entry.Open();
                contents.Write(members[i]);
            }
        }

        return bytes.ToArray();
    }
}
