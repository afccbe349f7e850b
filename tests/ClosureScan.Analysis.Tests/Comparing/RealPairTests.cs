using ClosureScan.Analysis.Comparing;

namespace ClosureScan.Analysis.Tests.Comparing;

/// <summary>Packages as a cross compiler and a native build really make them, and what a person found in them by hand.</summary>
public sealed class RealPairTests
{
    [Theory]
    [InlineData("jansson")]
    [InlineData("popt")]
    public async Task Packages_whose_guesses_were_right_are_the_same(string package)
    {
        PathPair pair = await RealPairs.CompareAsync($"{package}-cross", $"{package}-native");

        Assert.Equal(ComparisonLevel.Identical, pair.Level);
    }

    [Fact]
    public async Task Expat_differs_in_what_names_the_build_and_nothing_else()
    {
        PathPair pair = await RealPairs.CompareAsync("expat-cross", "expat-native");

        Assert.Equal(ComparisonLevel.SameModuloVolatile, pair.Level);
        Assert.Equal(["elf-build-id", "elf-debuglink"], pair.Masks);
        Assert.Empty(pair.Differences);
    }

    [Fact]
    public async Task Run_paths_of_equal_length_are_mapped_and_of_other_lengths_only_move_strings()
    {
        const string Native = "/nix/store/i2mhg8nkkyw5qarqz6dgwrr2d1ya4xkg-jansson";
        PathPair equal = await RealPairs.CompareAsync("rpath-cross", "rpath-equal", RealPairs.CrossPath, $"{Native}-armv7l-unknown-linux-gnueabihf-2.14");
        PathPair longer = await RealPairs.CompareAsync("rpath-cross", "rpath-native", RealPairs.CrossPath, $"{Native}-2.14");

        Assert.Equal(ComparisonLevel.SameModuloPaths, equal.Level);
        Assert.Equal(ComparisonLevel.SameStructure, longer.Level);
        Difference moved = Assert.Single(longer.Differences);
        Assert.Equal((DifferenceKind.Layout, "lib/libjansson.so.4"), (moved.Kind, moved.File));
        Assert.Contains("strings", moved.Meaning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zlib_of_an_older_linker_has_pages_of_another_size_and_no_other_code()
    {
        PathPair pair = await RealPairs.CompareAsync("zlib-cross", "zlib-native");

        Assert.Equal(ComparisonLevel.SameStructure, pair.Level);
        Difference page = Assert.Single(pair.Differences);
        Assert.Equal(("page-size", "0x1000", "0x10000"), (page.Subject, page.Cross, page.Native));
    }

    [Fact]
    public async Task Judy_has_tables_that_were_computed_for_the_wrong_machine()
    {
        PathPair pair = await RealPairs.CompareAsync("judy-cross", "judy-native");

        Difference[] tables = [.. pair.Differences.Where(difference => difference.Kind == DifferenceKind.Tables)];
        Assert.Equal(ComparisonLevel.Different, pair.Level);
        Assert.Contains(tables, table => table.Subject == "j__L_Leaf1PopToWords");
        Assert.All(tables, table => Assert.StartsWith("j__L_", table.Subject, StringComparison.Ordinal));
        Assert.Equal(DifferenceKind.Tables, pair.Differences[0].Kind);
        Assert.DoesNotContain(pair.Differences, difference => difference.Kind is DifferenceKind.Code or DifferenceKind.Exports);
    }

    [Fact]
    public async Task Apr_has_lost_large_files_because_configure_could_not_run_a_test()
    {
        PathPair pair = await RealPairs.CompareAsync("apr-cross", "apr-native");

        Assert.Equal(ComparisonLevel.Different, pair.Level);
        Assert.Equal(
            ["APR_HAS_LARGE_FILES", "APR_OFF_T_FMT", "apr_off_t"],
            pair.Differences.Where(difference => difference is { Kind: DifferenceKind.Headers, File: "usr/include/apr-1/apr.h" }).Select(difference => difference.Subject).Order(StringComparer.Ordinal));
        Difference type = Find(pair, DifferenceKind.Headers, "apr_off_t");
        Assert.Equal(("long", "off64_t"), (type.Cross, type.Native));
        Assert.Contains("32-bit", type.Meaning, StringComparison.Ordinal);
        Assert.Equal(("0", "1"), (Find(pair, DifferenceKind.Headers, "APR_HAS_LARGE_FILES").Cross, Find(pair, DifferenceKind.Headers, "APR_HAS_LARGE_FILES").Native));

        Difference[] lost = [.. pair.Differences.Where(difference => difference is { Kind: DifferenceKind.Imports, Cross: null } && difference.File.EndsWith(".so.0.7.2", StringComparison.Ordinal))];
        Assert.Equal(
            ["fstat64", "ftruncate64", "lseek64", "lstat64", "mkstemp64", "mmap64", "sendfile64", "stat64"],
            lost.Select(difference => difference.Subject.Split('@')[0]));
        Assert.All(lost, difference => Assert.Contains("32-bit file offsets", difference.Meaning, StringComparison.Ordinal));
        Assert.All(lost, difference => Assert.Contains("-D_LARGEFILE64_SOURCE: no (cross), yes (native)", difference.Cause, StringComparison.Ordinal));
        Assert.Equal("-D_LARGEFILE64_SOURCE", pair.Differences.Single(difference => difference is { Kind: DifferenceKind.PkgConfig, Subject: "Cflags" }).Native);
        Assert.Contains(pair.Answers, answer => answer is { Question: "apr_cv_use_lfs64", Cross: "no", Native: "yes" });
    }

    [Fact]
    public async Task Apr_with_all_answers_differs_in_what_libtool_records_of_its_build()
    {
        PathPair pair = await RealPairs.CompareAsync("apr-mended", "apr-native");

        Assert.Equal(ComparisonLevel.BuildFactsDiffer, pair.Level);
        Assert.Equal(["usr/build-1/libtool"], pair.Differences.Select(difference => difference.File).Distinct());
        Assert.Equal(["build", "build_alias", "build_os"], pair.Differences.Select(difference => difference.Subject).Order(StringComparer.Ordinal));
        Assert.Equal(pair.Files.Compared - 1, pair.Files.Equal);
    }

    [Fact]
    public async Task Bash_lost_seven_answers_and_the_C_librarys_getcwd()
    {
        PathPair pair = await RealPairs.CompareAsync("bash-cross", "bash-native");

        string[] macros = [.. pair.Differences.Where(difference => difference.File == "usr/include/bash/config.h").Select(difference => difference.Subject)];
        foreach (string macro in (string[])["HAVE_PRINTF_A_FORMAT", "UNUSABLE_RT_SIGNALS", "ULIMIT_MAXFDS", "WEXITSTATUS_OFFSET", "WCWIDTH_BROKEN", "GETCWD_BROKEN", "NAMED_PIPES_MISSING"])
        {
            Assert.Contains(macro, macros);
        }

        Assert.Equal("exported", Find(pair, DifferenceKind.Exports, "initialize_signames").Cross);
        Assert.Equal("exported", Find(pair, DifferenceKind.Exports, "getcwd").Cross);
        Difference import = pair.Differences.Single(difference => difference.Kind == DifferenceKind.Imports && difference.Subject.StartsWith("getcwd", StringComparison.Ordinal));
        Assert.Null(import.Cross);
        Assert.Contains("of its own", import.Meaning, StringComparison.Ordinal);
        Assert.Contains("no (cross, guessed), yes (native)", Find(pair, DifferenceKind.Headers, "HAVE_PRINTF_A_FORMAT").Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cross_log_alone_names_the_suspects()
    {
        PathPair pair = await RealPairs.CompareAsync("bash-cross", "bash-native", withNativeLog: false);

        Assert.All(pair.Answers, answer => Assert.True(answer is { IsGuess: true, Native: null }));
        Assert.Contains(pair.Answers, answer => answer.Question == "for printf floating point output in hex notation");
    }

    private static Difference Find(PathPair pair, DifferenceKind kind, string subject) =>
        pair.Differences.First(difference => difference.Kind == kind && difference.Subject == subject);
}
