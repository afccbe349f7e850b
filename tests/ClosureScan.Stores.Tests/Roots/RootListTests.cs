using ClosureScan.Stores.Roots;

namespace ClosureScan.Stores.Tests.Roots;

public sealed class RootListTests : IDisposable
{
    private const string Curl = "/nix/store/0c000000000000000000000000000000-curl-8.7.1";
    private const string CurlDev = "/nix/store/1c000000000000000000000000000000-curl-8.7.1-dev";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("closurescan-roots-");

    [Fact]
    public void Lines_of_an_evaluation_give_every_output_and_what_failed()
    {
        string file = Write("jobs.jsonl", $$"""
            {"attr":"curl","attrPath":["curl"],"drvPath":"/nix/store/x.drv","outputs":{"out":"{{Curl}}","dev":"{{CurlDev}}"},"system":"armv7l-linux"}

            {"attr":"broken","error":"error: undefined variable\n at line 3"}
            """);
        RootList list = RootList.Load(file);

        Assert.Equal([("curl", Curl), ("curl.dev", CurlDev)], list.Roots.Select(root => (root.Name, root.Path.ToString())));
        Assert.Equal("broken: it could not be evaluated: error: undefined variable", Assert.Single(list.Problems).ToString());
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("\n\n", 0)]
    [InlineData("{\"attr\":\"a\",\"outputs\":{}}\n{\"attr\":", 2)]
    [InlineData("{\"attr\":\"a\"}", 1)]
    [InlineData("[]", 1)]
    [InlineData("{\"attr\":\"a\",\"outputs\":{\"out\":\"/tmp/a\"}}", 1)]
    public void Lines_that_list_nothing_are_refused(string text, int line) =>
        Assert.Equal(line, Assert.Throws<RootListException>(() => RootList.Load(Write("jobs.jsonl", text))).Line);

    [Theory]
    [InlineData($"{CurlDev}\n\n{Curl}\n{Curl}\n")]
    [InlineData($$"""[{"drvPath":"/nix/store/x.drv","outputs":{"out":"{{Curl}}","dev":"{{CurlDev}}"},"startTime":1}]""")]
    [InlineData($$"""[{"path":"{{Curl}}"},"{{CurlDev}}"]""")]
    public void Paths_and_what_nix_build_printed_are_lists_as_well(string text) =>
        Assert.Equal([Curl, CurlDev], RootList.Load(Write("list", text)).Roots.Select(root => root.Path.ToString()));

    [Theory]
    [InlineData("/tmp/a\n", 1)]
    [InlineData($"{Curl}\nno path\n", 2)]
    [InlineData("[{\"outputs\":{\"out\":\"/tmp\"}}]", 1)]
    public void Damaged_lists_are_refused(string text, int line) =>
        Assert.Equal(line, Assert.Throws<RootListException>(() => RootList.Load(Write("list", text))).Line);

    [Fact]
    public void A_review_folder_gives_what_was_built_and_what_failed()
    {
        DirectoryInfo results = _folder.CreateSubdirectory("results");
        File.CreateSymbolicLink(Path.Combine(results.FullName, "curl-armv7l-linux"), Curl);
        Write("report.json", """{"pr":1,"result":{"armv7l-linux":{"built":["curl"],"failed":["kbd"],"tests":[]}}}""");
        RootList list = RootList.Load(_folder.FullName);

        Assert.Equal(("curl-armv7l-linux", Curl), list.Roots.Select(root => (root.Name, root.Path.ToString())).Single());
        Assert.Equal("kbd-armv7l-linux", Assert.Single(list.Problems).Path);
    }

    [Fact]
    public void A_folder_of_something_else_is_refused() =>
        Assert.Throws<RootListException>(() => RootList.Load(_folder.FullName));

    [Fact]
    public void A_result_that_is_no_link_into_the_store_is_refused()
    {
        DirectoryInfo results = _folder.CreateSubdirectory("results");
        File.CreateSymbolicLink(Path.Combine(results.FullName, "curl"), "/tmp/curl");

        Assert.Throws<RootListException>(() => RootList.Load(_folder.FullName));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string name, string text)
    {
        string file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }
}
