using System.Text;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Comparing;

public sealed class ClosureComparisonTests
{
    private const string Triple = "-armv7l-unknown-linux-gnueabihf";

    [Fact]
    public async Task Closure_is_identical_to_itself()
    {
        ClosureComparison comparison = await ComparedTrees.CompareAsync(Image("a", Triple), Image("a", Triple));

        Assert.Equal(3, comparison.Pairs.Length);
        Assert.All(comparison.Pairs, pair => Assert.Equal((ComparisonLevel.Identical, 0), (pair.Level, pair.Masks.Length)));
        Assert.Empty(comparison.Unpaired);
    }

    [Fact]
    public async Task Copy_with_other_hashes_is_the_same_but_for_them()
    {
        ClosureComparison comparison = await ComparedTrees.CompareAsync(Image("a", Triple), Image("b", Triple));

        Assert.All(comparison.Pairs, pair => Assert.Empty(pair.Masks));
        Assert.Equal(
            [("image", ComparisonLevel.SameModuloPaths), ("shell", ComparisonLevel.SameModuloPaths), ("library", ComparisonLevel.Identical)],
            comparison.Pairs.Select(pair => (pair.Native.Name.Split('-')[0], pair.Level)).OrderByDescending(item => item.Level).ThenBy(item => item.Item1, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Copy_of_another_triple_needs_its_names_mapped_too()
    {
        ClosureComparison comparison = await ComparedTrees.CompareAsync(Image("a", Triple), Image("b", ""));

        Assert.Equal(ComparisonLevel.SameModuloPaths, comparison.Level);
        Assert.Empty(comparison.Unpaired);
        Assert.Equal(["names"], comparison.Pairs.First(pair => pair.Native.Name == "shell-5.2").Masks);
    }

    [Fact]
    public async Task One_path_in_the_place_of_two_is_a_finding_with_both_places()
    {
        ComparedTrees cross = new ComparedTrees("a");
        cross.Add("top-1", tree => tree.File("a", $"{cross["one-1"]}/x").File("b", $"{cross["one-1"]}/y"))
            .Add("one-1", tree => tree.File("f", "1")).Add("two-1", tree => tree.File("f", "2"));
        ComparedTrees native = new ComparedTrees("b");
        native.Add("top-1", tree => tree.File("a", $"{native["one-1"]}/x").File("b", $"{native["two-1"]}/y"))
            .Add("one-1", tree => tree.File("f", "1")).Add("two-1", tree => tree.File("f", "2"));

        PathPair top = (await ComparedTrees.CompareAsync(cross, native)).Pairs[0];

        Difference mapping = top.Differences.Single(difference => difference.Kind == DifferenceKind.Mapping);
        Assert.Equal(("b", $"{cross["one-1"]} at byte 11", $"{native["two-1"]} at byte 11"), (mapping.File, mapping.Cross, mapping.Native));
    }

    [Fact]
    public async Task Build_path_without_a_counterpart_is_told_with_the_reason()
    {
        ComparedTrees cross = new ComparedTrees("a");
        cross.Add("top-1", tree => tree.File("run", $"#!{cross["bash-5"]}/bin/bash\n").File("host", $"{cross[$"bash{Triple}-5"]}"))
            .Add("bash-5", tree => tree.File("bin/bash", Program(62), executable: true))
            .Add($"bash{Triple}-5", tree => tree.File("bin/bash", Program(40), executable: true));
        ComparedTrees native = new ComparedTrees("b");
        native.Add("top-1", tree => tree.File("run", $"#!{native["bash-5"]}/bin/bash\n").File("host", $"{native["bash-5"]}"))
            .Add("bash-5", tree => tree.File("bin/bash", Program(40), executable: true));

        ClosureComparison comparison = await ComparedTrees.CompareAsync(cross, native);

        UnpairedPath unpaired = Assert.Single(comparison.Unpaired);
        Assert.Equal((cross["bash-5"], true), (unpaired.Path, unpaired.IsCross));
        Assert.Contains("is for x86_64", unpaired.Reason, StringComparison.Ordinal);
        Assert.Equal(["run"], comparison.Pairs[0].Differences.Select(difference => difference.File).Distinct());
    }

    [Fact]
    public async Task Files_links_and_modes_that_one_side_lacks_are_named()
    {
        PathPair pair = await ComparedTrees.CompareAsync(
            tree => tree.File("bin/x", "#!", executable: true).Symlink("lib", "lib64").File("lib/python3.12/site-packages/a.py", ""),
            tree => tree.File("bin/x", "#!").Symlink("lib64", "lib").File("share/man/man1/x.1", "manual"));

        Assert.Equal(
            ["files: lib64 link native", "files: share directory native", "files: share/man directory native", "files: share/man/man1 directory native", "files: share/man/man1/x.1 file native", "modes: bin/x program file"],
            pair.Differences.Where(difference => difference.Kind != DifferenceKind.Modules && !difference.File.StartsWith("lib/", StringComparison.Ordinal) && difference.File != "lib")
                .Select(difference => $"{difference.Kind.ToName()}: {difference.File} {difference.Cross}{(difference.Cross is null || difference.Native is null ? "" : " ")}{difference.Native}{(difference.Cross is null ? " native" : "")}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Random_edits_of_a_byte_are_found_in_the_file_they_are_in()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        for (int round = 0; round < 50; round++)
        {
            byte[] contents = new byte[random.Next(1, 400_000)];
            random.NextBytes(contents);
            byte[] edited = [.. contents];
            edited[random.Next(edited.Length)] ^= (byte)random.Next(1, 256);

            PathPair pair = await ComparedTrees.CompareAsync(
                tree => tree.File("share/same", contents).File("share/edited", contents), tree => tree.File("share/same", contents).File("share/edited", edited));

            Assert.True(pair.Level == ComparisonLevel.Different && pair.Differences.All(difference => difference.File == "share/edited"), $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public async Task Random_edits_of_a_macro_are_named()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        for (int round = 0; round < 100; round++)
        {
            string[] lines = [.. Enumerable.Range(0, random.Next(1, 60)).Select(index => random.Next(3) switch
            {
                0 => $"#define MACRO_{index} {random.Next(100)}",
                1 => $"/* #undef MACRO_{index} */",
                _ => $"int function_{index}(void);",
            })];
            int edit = random.Next(lines.Length);
            string[] edited = [.. lines];
            edited[edit] = $"#define MACRO_{edit} 12345";

            PathPair pair = await ComparedTrees.CompareAsync(
                tree => tree.File("include/thing.h", string.Join('\n', lines)), tree => tree.File("include/thing.h", string.Join('\n', edited)));

            Difference macro = pair.Differences.First(difference => difference.Subject.Length > 0);
            Assert.True((macro.Kind, macro.Subject, macro.Native) == (DifferenceKind.Headers, $"MACRO_{edit}", "12345"), $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public async Task Large_files_with_references_are_told_alike_however_they_come()
    {
        ComparedTrees Make(string salt)
        {
            ComparedTrees trees = new(salt);
            string text = string.Concat(Enumerable.Range(0, 20_000).Select(index => index % 97 == 0 ? trees["library-1"] + "/lib\n" : $"line {index} of a text\n"));
            return trees.Add("top-1", tree => tree.File("large", text)).Add("library-1", tree => tree.File("lib", "x"));
        }

        ClosureComparison comparison = await ComparedTrees.CompareAsync(Make("a"), Make("b"));

        Assert.Equal(ComparisonLevel.SameModuloPaths, comparison.Level);
    }

    private static byte[] Program(ushort machine) => new ElfBuilder(is64: machine == 62) { Machine = machine }.Section(".text", 1, 6, Encoding.ASCII.GetBytes("code")).Build();

    private static ComparedTrees Image(string salt, string triple)
    {
        ComparedTrees trees = new(salt);
        string shell = trees[$"shell{triple}-5.2"].ToString();
        string library = trees[$"library{triple}-1.0"].ToString();
        return trees
            .Add($"image{triple}-1", tree => tree.File("init", $"#!{shell}/bin/sh\nexec {shell}/bin/sh\n", executable: true).Symlink("lib", $"{library}/lib"))
            .Add($"shell{triple}-5.2", tree => tree.File("bin/sh", $"run {library}/lib/x {shell}", executable: true))
            .Add($"library{triple}-1.0", tree => tree.File("lib/x", "data"));
    }
}
