using ClosureScan.Platforms;

namespace ClosureScan.Tests.Platforms;

public sealed class PlatformCompatibilityTests
{
    /// <summary>
    /// Programs in rows and hosts in columns: + runs, - does not, ? cannot be told. Every pair of the platforms this tool is for.
    /// </summary>
    private const string Table = """
                                             x64 i686 a64 v7l v6l v5t arm p64 p64le m64 m64el rv64 s390x dar64 xdar fbsd win
        x86_64-linux                          +   -   -   -   -   -   -   -    -    -    -    -    -    -    -    ?   -
        i686-linux                            +   +   -   -   -   -   -   -    -    -    -    -    -    -    -    ?   -
        aarch64-linux                         -   -   +   -   -   -   -   -    -    -    -    -    -    -    -    -   -
        armv7l-linux                          -   -   ?   +   -   -   ?   -    -    -    -    -    -    -    -    -   -
        armv6l-linux                          -   -   ?   +   +   -   ?   -    -    -    -    -    -    -    -    -   -
        armv5tel-linux                        -   -   ?   ?   ?   +   ?   -    -    -    -    -    -    -    -    -   -
        arm-linux                             -   -   ?   ?   ?   ?   ?   -    -    -    -    -    -    -    -    -   -
        armv8a-linux                          -   -   ?   -   -   -   ?   -    -    -    -    -    -    -    -    -   -
        armeb-linux                           -   -   -   -   -   -   -   -    -    -    -    -    -    -    -    -   -
        aarch64_be-linux                      -   -   -   -   -   -   -   -    -    -    -    -    -    -    -    -   -
        x86_64-unknown-linux-gnux32           ?   -   -   -   -   -   -   -    -    -    -    -    -    -    -    ?   -
        x86_64-unknown-linux-musl             +   -   -   -   -   -   -   -    -    -    -    -    -    -    -    ?   -
        powerpc-linux                         -   -   -   -   -   -   -   +    -    -    -    -    -    -    -    -   -
        powerpc64-linux                       -   -   -   -   -   -   -   +    -    -    -    -    -    -    -    -   -
        powerpc64le-linux                     -   -   -   -   -   -   -   -    +    -    -    -    -    -    -    -   -
        mips-linux                            -   -   -   -   -   -   -   -    -    +    -    -    -    -    -    -   -
        mipsel-linux                          -   -   -   -   -   -   -   -    -    -    +    -    -    -    -    -   -
        mips64el-unknown-linux-gnuabi64       -   -   -   -   -   -   -   -    -    -    +    -    -    -    -    -   -
        mips64el-unknown-linux-gnuabin32      -   -   -   -   -   -   -   -    -    -    ?    -    -    -    -    -   -
        mipsisa64r6el-linux                   -   -   -   -   -   -   -   -    -    -    -    -    -    -    -    -   -
        riscv32-linux                         -   -   -   -   -   -   -   -    -    -    -    ?    -    -    -    -   -
        riscv64-linux                         -   -   -   -   -   -   -   -    -    -    -    +    -    -    -    -   -
        s390-linux                            -   -   -   -   -   -   -   -    -    -    -    -    ?    -    -    -   -
        s390x-linux                           -   -   -   -   -   -   -   -    -    -    -    -    +    -    -    -   -
        aarch64-darwin                        -   -   -   -   -   -   -   -    -    -    -    -    -    +    -    -   -
        x86_64-darwin                         -   -   -   -   -   -   -   -    -    -    -    -    -    ?    +    -   -
        i686-darwin                           -   -   -   -   -   -   -   -    -    -    -    -    -    -    -    -   -
        x86_64-freebsd                        -   -   -   -   -   -   -   -    -    -    -    -    -    -    -    +   -
        x86_64-windows                        -   -   -   -   -   -   -   -    -    -    -    -    -    -    -    -   +
        x86_64-cygwin                         -   -   -   -   -   -   -   -    -    -    -    -    -    -    -    -   +
        x86_64-uefi                           -   -   -   -   -   -   -   -    -    -    -    -    -    -    -    -   -
        arm-none-eabi                         -   -   -   -   -   -   -   -    -    -    -    -    -    -    -    -   -
        """;

    private static readonly string[] Hosts =
    [
        "x86_64-linux", "i686-linux", "aarch64-linux", "armv7l-linux", "armv6l-linux", "armv5tel-linux", "arm-linux", "powerpc64-linux",
        "powerpc64le-linux", "mips64-unknown-linux-gnuabi64", "mips64el-unknown-linux-gnuabi64", "riscv64-linux", "s390x-linux",
        "aarch64-darwin", "x86_64-darwin", "x86_64-freebsd", "x86_64-windows",
    ];

    [Fact]
    public void Every_pair_of_the_table_is_judged_as_it_says()
    {
        var wrong = new List<string>();
        foreach (string row in Table.Split('\n').Skip(1))
        {
            string[] cells = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(Hosts.Length + 1, cells.Length);
            for (int i = 0; i < Hosts.Length; i++)
            {
                Compatibility actual = PlatformCompatibility.Runs(Parse(cells[0]), Parse(Hosts[i]));
                Compatibility expected = cells[i + 1] switch { "+" => Compatibility.Yes, "-" => Compatibility.No, _ => Compatibility.Unknown };
                if (actual != expected)
                {
                    wrong.Add($"{cells[0]} on {Hosts[i]}: {actual}, not {expected}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_processor_runs_its_own_code_unless_its_level_is_not_told()
    {
        Assert.All(Processor.All, processor =>
        {
            Platform platform = new() { Cpu = processor.Name, Bits = processor.Bits, Endianness = processor.Endianness };
            Compatibility expected = processor.Name is "arm" or "armeb" ? Compatibility.Unknown : Compatibility.Yes;
            Assert.Equal(expected, PlatformCompatibility.Runs(platform, platform));
        });
    }

    [Fact]
    public void Two_processors_never_both_run_each_others_code_unless_they_are_one_by_two_names()
    {
        foreach (Processor left in Processor.All)
        {
            foreach (Processor right in Processor.All)
            {
                Platform a = new() { Cpu = left.Name, Bits = left.Bits, Endianness = left.Endianness };
                Platform b = new() { Cpu = right.Name, Bits = right.Bits, Endianness = right.Endianness };
                bool both = PlatformCompatibility.Runs(a, b) == Compatibility.Yes && PlatformCompatibility.Runs(b, a) == Compatibility.Yes;
                Assert.False(both && left != right && (left.Family, left.Level) != (right.Family, right.Level), $"{left.Name} and {right.Name}");
            }
        }
    }

    [Theory]
    [InlineData("eabi", "eabihf", Compatibility.Unknown)]
    [InlineData("eabihf", "eabi", Compatibility.Unknown)]
    [InlineData("eabihf", "eabihf", Compatibility.Yes)]
    [InlineData(null, "eabihf", Compatibility.Yes)]
    [InlineData("eabihf", null, Compatibility.Yes)]
    public void Floating_point_convention_that_differs_is_neither_yes_nor_no(string? program, string? host, Enum expected) =>
        Assert.Equal(expected, PlatformCompatibility.Runs(Parse("armv7l-linux") with { Abi = program }, Parse("armv7l-linux") with { Abi = host }));

    [Fact]
    public void Kernel_that_bytes_do_not_tell_is_no_difference() =>
        Assert.Equal(Compatibility.Yes, PlatformCompatibility.Runs(Parse("armv7l-linux") with { Kernel = null }, Parse("armv7l-linux")));

    [Fact]
    public void Byte_order_that_differs_is_no_even_of_an_unknown_processor()
    {
        Platform little = new() { Cpu = "z80", Bits = 16 };
        Assert.Equal(Compatibility.No, PlatformCompatibility.Runs(little, little with { Endianness = Endianness.Big }));
        Assert.Equal(Compatibility.Yes, PlatformCompatibility.Runs(little, little));
        Assert.Equal(Compatibility.Unknown, PlatformCompatibility.Runs(little, Parse("x86_64-linux")));
    }

    private static Platform Parse(string text) => Platform.TryParse(text, out Platform? platform) ? platform : throw new ArgumentException(text);
}
