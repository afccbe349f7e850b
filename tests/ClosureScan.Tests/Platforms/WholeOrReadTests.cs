using ClosureScan.Platforms;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Tests.Platforms;

/// <summary>Laws of identification over real files and mutations of them.</summary>
[Trait(Tier.Name, Tier.Laws)]
public sealed class WholeOrReadTests
{
    private const int Seed = 20_240_611;

    /// <summary>A million cases a run, when asked for: <c>CLOSURESCAN_FUZZ_CASES=1000000</c>.</summary>
    private static readonly int Cases = int.Parse(
        Environment.GetEnvironmentVariable("CLOSURESCAN_FUZZ_CASES") ?? "20000", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Same_answer_when_bytes_are_given_whole_and_when_they_are_read()
    {
        foreach ((string name, byte[] bytes) in Samples())
        {
            string whole = Describe(FileIdentifier.Identify(new FileView(bytes)));
            Assert.Equal((name, whole), (name, Describe(FileIdentifier.Identify(new MemoryFile(bytes).View))));
            Assert.Equal((name, whole), (name, Describe(FileIdentifier.Identify(new MemoryFile(bytes, head: 5_000).View))));
        }
    }

    [Fact]
    public void Mutated_and_cut_files_never_throw_and_are_told_alike_whole_and_read()
    {
        var random = new Random(Seed);
        (string Name, byte[] Bytes)[] samples = [.. Samples()];
        for (int i = 0; i < Cases; i++)
        {
            (string name, byte[] original) = samples[i % samples.Length];
            byte[] bytes = Mutate(original, random);
            string at = $"{name}, case {i} of seed {Seed}";
            string whole = "", read = "";
            try
            {
                whole = Describe(FileIdentifier.Identify(new FileView(bytes)));
                read = Describe(FileIdentifier.Identify(new MemoryFile(bytes).View));
                FileIdentifier.Identify(new MemoryFile(bytes, kept: random.Next(bytes.Length + 1)).View);
            }
            catch (Exception exception)
            {
                Assert.Fail($"{at}: {exception}");
            }

            Assert.Equal((at, whole), (at, read));
        }
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Samples()
    {
        foreach (bool is64 in new[] { false, true })
        {
            foreach (bool big in new[] { false, true })
            {
                byte[] elf = new ElfBuilder(is64, big) { Machine = is64 ? (ushort)62 : (ushort)40 }.Interpreter("/lib/ld.so.1").Dynamic(1, "libc.so.6")
                    .Dynamic(29, "/a:/b").Dynamic(14, "x").Note("GNU", 1, new byte[16]).ArmAttributes((6, 10), (28, 1)).Section(".gnu.linkonce.this_module", 1, 2, [1]).Build();
                yield return ($"elf {is64} {big}", elf);
                yield return ($"archive {is64} {big}", new ArchiveBuilder().Member("//", "long.o/\n"u8.ToArray()).Member("/0", elf).BsdMember("b.o", elf).Member("c.o/", elf[..70]).Build());
            }
        }

        yield return ("mach-o", MachineFiles.MachO(0x0100000c, "/usr/lib/dyld", "/usr/lib/libSystem.B.dylib"));
        yield return ("fat", MachineFiles.Fat(MachineFiles.MachO(7, "/usr/lib/dyld", "a"), MachineFiles.MachO(0x01000007, "/usr/lib/dyld", "b")));
        yield return ("pe", MachineFiles.Pe(0x8664, subsystem: 3));
        yield return ("managed", File.ReadAllBytes(typeof(FileIdentity).Assembly.Location)[..20_000]);
        yield return ("fit", MachineFiles.Fit("arm64"));
        yield return ("wasm", MachineFiles.Wasm(memoryFlags: 4));
        yield return ("script", "#! /usr/bin/env -S python3 -u\nprint()\n"u8.ToArray());
        foreach (string file in new[] { "/bin/ls", "/usr/arm-linux-gnueabihf/lib/libgcc_s.so.1", "/usr/arm-linux-gnueabihf/lib/crt1.o", "/usr/arm-linux-gnueabihf/lib/libnsl.so.1" }.Where(File.Exists))
        {
            yield return (file, File.ReadAllBytes(file));
        }
    }

    /// <summary>Changes up to eight bytes, most of them in the headers at both ends, copies a range, or cuts the file.</summary>
    private static byte[] Mutate(byte[] original, Random random)
    {
        byte[] bytes = random.Next(4) == 0 ? original[..random.Next(original.Length)] : (byte[])original.Clone();
        if (bytes.Length == 0)
        {
            return bytes;
        }

        byte[] special = [0, 1, 2, 0x7f, 0x80, 0xff];
        for (int i = random.Next(8); i >= 0; i--)
        {
            int near = Math.Min(bytes.Length, 256);
            int offset = random.Next(3) switch { 0 => random.Next(bytes.Length), 1 => bytes.Length - 1 - random.Next(near), _ => random.Next(near) };
            int length = Math.Min(random.Next(1, 9), bytes.Length - offset);
            switch (random.Next(3))
            {
                case 0:
                    bytes[offset] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.AsSpan(offset, length).Fill(special[random.Next(special.Length)]);
                    break;
                default:
                    bytes.AsSpan(random.Next(bytes.Length - length + 1), length).CopyTo(bytes.AsSpan(offset));
                    break;
            }
        }

        return bytes;
    }

    private static string Describe(FileIdentity identity) =>
        $"{identity.Format} {identity.Role} {identity.Platform} {identity.Platform?.Abi} {identity.Platform?.Libc} {identity.Interpreter} {identity.InterpreterArguments} "
        + $"[{string.Join('|', identity.Needed)}] [{string.Join('|', identity.RunPath)}] [{string.Join('|', identity.Members)}] {identity.Note}";
}
