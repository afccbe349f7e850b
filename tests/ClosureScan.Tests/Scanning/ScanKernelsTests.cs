using ClosureScan.Scanning.Kernels;

namespace ClosureScan.Tests.Scanning;

public sealed class ScanKernelsTests
{
    [Fact]
    public void Without_a_wish_the_widest_vector_of_the_machine_is_chosen()
    {
        Assert.Equal(ScanKernels.Supported[0], ScanKernels.Choose(null));
        Assert.Equal(ScanKernels.Supported.OrderDescending(), ScanKernels.Supported);
        Assert.Equal(ScanKernel.Scalar, ScanKernels.Supported[^1]);
    }

    [Theory, MemberData(nameof(All))]
    public void A_kernel_can_be_forced_by_its_name_in_any_case(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        Assert.Equal(kernel, ScanKernels.Choose(name));
        Assert.Equal(kernel, ScanKernels.Choose(name.ToLowerInvariant()));
    }

    [Theory]
    [InlineData("avx")]
    [InlineData("0")]
    [InlineData("vector64")]
    public void An_unknown_kernel_is_an_error_that_lists_what_there_is(string wish)
    {
        PlatformNotSupportedException error = Assert.Throws<PlatformNotSupportedException>(() => ScanKernels.Choose(wish));
        Assert.Contains($"CLOSURESCAN_KERNEL={wish}", error.Message, StringComparison.Ordinal);
        Assert.Contains("scalar", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> All => Kernels.All;
}
