using System.Text;
using ClosureScan.Platforms;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Tests.Platforms;

/// <summary>Files that are told by their first bytes alone.</summary>
public sealed class ScriptAndMagicTests
{
    private const string Bash = "/nix/store/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bash-5.2/bin/bash";

    [Theory]
    [InlineData("#!" + Bash + "\necho\n", Bash, null)]
    [InlineData("#! " + Bash + "\n", Bash, null)]
    [InlineData("#!\t " + Bash + " -e \n", Bash, "-e")]
    [InlineData("#!" + Bash, Bash, null)]
    [InlineData("#!" + Bash + "\r\n", Bash, null)]
    [InlineData("#!/usr/bin/env bash\n", "/usr/bin/env", "bash")]
    [InlineData("#!/usr/bin/env -S perl -w\n", "/usr/bin/env", "-S perl -w")]
    [InlineData("#!python\n", "python", null)]
    public void First_line_names_interpreter_and_arguments(string text, string interpreter, string? arguments)
    {
        FileIdentity identity = Identify(text);
        Assert.Equal(
            (FileFormat.Script, FileRole.Script, interpreter, arguments, null),
            (identity.Format, identity.Role, identity.Interpreter, identity.InterpreterArguments, identity.Platform));
    }

    [Theory]
    [InlineData("#!")]
    [InlineData("#!\n")]
    [InlineData("#!   \n/bin/sh\n")]
    [InlineData("#![feature(never_type)]\n")]
    [InlineData("# comment\n")]
    public void First_line_without_an_interpreter_is_text(string text) => Assert.Same(FileIdentity.Text, Identify(text));

    [Theory]
    [InlineData(253, true)]
    [InlineData(254, false)]
    public void Interpreter_counts_only_when_it_ends_in_256_bytes(int length, bool isScript) =>
        Assert.Equal(isScript, Identify("#!/" + new string('x', length - 1) + "\n").Format == FileFormat.Script);

    [Fact]
    public void Text_and_data_are_shared_identities_that_cost_no_allocation()
    {
        byte[] text = Encoding.UTF8.GetBytes("Grüße aus dem Laden\n");
        byte[] data = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        Assert.Same(FileIdentity.Text, FileIdentifier.Identify(new FileView(text)));
        Assert.Same(FileIdentity.Data, FileIdentifier.Identify(new FileView(data)));
        Assert.Same(FileIdentity.Data, FileIdentifier.Identify(new FileView([])));
        Assert.Equal(0, Allocation.Of(() =>
        {
            FileIdentifier.Identify(new FileView(text));
            FileIdentifier.Identify(new FileView(data));
        }));
    }

    [Theory]
    [InlineData(FileFormat.Compressed, "1f8b0800")]
    [InlineData(FileFormat.Compressed, "fd377a585a00")]
    [InlineData(FileFormat.Compressed, "28b52ffd")]
    [InlineData(FileFormat.Compressed, "502a4d18")]
    [InlineData(FileFormat.Compressed, "5f2a4d18")]
    [InlineData(FileFormat.Compressed, "04224d18")]
    [InlineData(FileFormat.Compressed, "02214c18")]
    [InlineData(FileFormat.Compressed, "425a6839314159265359")]
    [InlineData(FileFormat.Compressed, "5d00008000ffffffffffffffff")]
    [InlineData(FileFormat.Data, "5d000080000100000000000000")]
    [InlineData(FileFormat.Data, "5d0123456789abcdef0123456789")]
    [InlineData(FileFormat.Container, "504b0304")]
    [InlineData(FileFormat.Container, "504b0506")]
    [InlineData(FileFormat.Container, "68737173")]
    [InlineData(FileFormat.Container, "73717368")]
    [InlineData(FileFormat.Container, "303730373031")]
    [InlineData(FileFormat.Container, "303730373037")]
    [InlineData(FileFormat.Container, "0d000000000000006e69782d617263686976652d31")]
    [InlineData(FileFormat.Bytecode, "cafebabe00000034")]
    [InlineData(FileFormat.MachO, "cafebabe00000002")]
    [InlineData(FileFormat.Data, "cafebabe00000000")]
    [InlineData(FileFormat.Data, "cafebabe00000014")]
    [InlineData(FileFormat.Bytecode, "464f5231000000004245414d")]
    [InlineData(FileFormat.Bytecode, "1b4c756154")]
    [InlineData(FileFormat.Bytecode, "3b454c431c000000")]
    [InlineData(FileFormat.Bytecode, "43616d6c3139393949303331")]
    [InlineData(FileFormat.Text, "43616d6c3139393959303331")]
    [InlineData(FileFormat.Bytecode, "a70d0d0a00000000")]
    [InlineData(FileFormat.Bytecode, "cb0d0d0a01000000")]
    [InlineData(FileFormat.Data, "cb0d0d0a04000000")]
    [InlineData(FileFormat.Bytecode, "03f30d0a4d5e6f70")]
    [InlineData(FileFormat.Bytecode, "0302230700000100")]
    [InlineData(FileFormat.Bitcode, "4243c0de")]
    [InlineData(FileFormat.Wasm, "0061736d01000000")]
    [InlineData(FileFormat.Wasm, "0061736d0d000100")]
    [InlineData(FileFormat.Data, "c771000000000000")]
    [InlineData(FileFormat.Data, "4d5a000000000000")]
    [InlineData(FileFormat.Data, "d00dfeed00000000")]
    [InlineData(FileFormat.Text, "4d5a20706c61696e")]
    public void Strong_magic_names_the_format_and_nothing_else_does(FileFormat format, string hex)
    {
        byte[] bytes = [.. Convert.FromHexString(hex), .. format is FileFormat.Text ? [] : new byte[16]];
        Assert.Equal(format, FileIdentifier.Identify(new FileView(bytes)).Format);
    }

    [Fact]
    public void Tar_is_told_by_its_magic_inside_the_first_header()
    {
        byte[] tar = new byte[512];
        "name"u8.CopyTo(tar);
        "ustar"u8.CopyTo(tar.AsSpan(257));
        Assert.Equal(FileFormat.Container, FileIdentifier.Identify(new FileView(tar)).Format);
    }

    private static FileIdentity Identify(string text) => FileIdentifier.Identify(new FileView(Encoding.UTF8.GetBytes(text)));
}
