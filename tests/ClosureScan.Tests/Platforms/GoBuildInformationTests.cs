using System.Text;
using ClosureScan.Platforms;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Tests.Platforms;

/// <summary>What Go programs tell of the processor that they were compiled for, in made files and in what a real Go builds.</summary>
public sealed class GoBuildInformationTests
{
    [Theory]
    [InlineData((ushort)40, "GOARM=7", "armv7l", null, null)]
    [InlineData((ushort)40, "GOARM=6", "armv6l", null, null)]
    [InlineData((ushort)40, "GOARM=5,softfloat", "armv5tel", null, "soft")]
    [InlineData((ushort)40, "GOARM=8", "arm", null, null)]
    [InlineData((ushort)62, "GOAMD64=v3", "x86_64", "x86-64-v3", null)]
    [InlineData((ushort)62, "GOAMD64=v1", "x86_64", null, null)]
    [InlineData((ushort)243, "GORISCV64=rva22u64", "riscv64", "rva22u64", null)]
    [InlineData((ushort)8, "GOMIPS=softfloat", "mipsel", null, "soft")]
    [InlineData((ushort)3, "GO386=sse2", "i686", null, null)]
    [InlineData((ushort)183, "GOARM64=v8.1", "aarch64", "armv8.1", null)]
    public void Setting_of_the_build_tells_the_processor(ushort machine, string setting, string cpu, string? instructionSet, string? floats)
    {
        byte[] file = Program(machine, $"path\tx\nbuild\t-trimpath=true\nbuild\tGOOS=linux\nbuild\t{setting}\n");
        FileIdentity identity = FileIdentifier.Identify(new FileView(file));
        Assert.Equal((cpu, instructionSet, floats), (identity.Platform?.Cpu, identity.Requirements?.InstructionSet, identity.Requirements?.FloatingPoint));
    }

    [Fact]
    public void Information_cut_anywhere_tells_nothing_false_and_throws_nothing()
    {
        byte[] whole = Blob("build\tGOARM=7\n");
        for (int length = 0; length < whole.Length - 17; length++)
        {
            Assert.Equal("arm", FileIdentifier.Identify(new FileView(Program(40, whole[..length]))).Platform?.Cpu);
        }
    }

    [Fact]
    public void Real_Go_programs_tell_their_GOARM()
    {
        string go = RequiredTool.Find("go");
        using TemporaryTree tree = new();
        string source = tree.PathOf("main.go");
        File.WriteAllText(source, "package main\n\nfunc main() { println(1) }\n");
        File.WriteAllText(tree.PathOf("go.mod"), "module x\n\ngo 1.19\n");
        string program = tree.PathOf("x");
        string cache = Path.Combine(Path.GetTempPath(), "closurescan-go-cache");
        ToolRun run = ToolRun.Execute(
            "/usr/bin/env",
            ["-C", Path.GetDirectoryName(source)!, "CGO_ENABLED=0", "GOOS=linux", "GOARCH=arm", "GOARM=7", "GOCACHE=" + cache, "GOFLAGS=-mod=mod", go, "build", "-trimpath", "-o", program, "."]);
        Assert.True(run.ExitCode == 0, run.Error);
        FileIdentity identity = FileIdentifier.Identify(new FileView(File.ReadAllBytes(program)));
        Assert.Equal((FileRole.Program, "armv7l"), (identity.Role, identity.Platform?.Cpu));
    }

    private static byte[] Program(ushort machine, string settings) => Program(machine, Blob(settings));

    private static byte[] Program(ushort machine, byte[] blob)
    {
        bool is64 = machine is 62 or 183 or 243;
        return new ElfBuilder(is64) { Machine = machine, Type = 2, Flags = 0 }
            .Note("Go", 4, Encoding.ASCII.GetBytes("id"))
            .Section(".go.buildinfo", 1, 3, blob)
            .Build();
    }

    private static byte[] Blob(string settings)
    {
        byte[] text = [.. Enumerable.Repeat((byte)0x30, 16), .. Encoding.ASCII.GetBytes(settings), .. Enumerable.Repeat((byte)0xf9, 16)];
        byte[] version = Encoding.ASCII.GetBytes("go1.22.3");
        return
        [
            0xff, .. Encoding.ASCII.GetBytes(" Go buildinf:"), 8, 2, .. new byte[16],
            (byte)version.Length, .. version, (byte)(0x80 | (text.Length & 0x7f)), (byte)(text.Length >> 7), .. text,
        ];
    }
}
