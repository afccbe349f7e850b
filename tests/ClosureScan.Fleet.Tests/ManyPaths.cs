using System.Text;
using ClosureScan.Testing;

namespace ClosureScan.Fleet.Tests;

/// <summary>A binary cache of small paths that refer to each other as packages do, with leaks of a bash of the build platform.</summary>
internal static class ManyPaths
{
    /// <summary>What all roots are judged for.</summary>
    public const string Host = "armv7l-linux";

    /// <summary>The name of the path that leaks.</summary>
    public const string Bash = "bash-5.2";

    /// <summary>Writes a cache.</summary>
    /// <param name="tree">Where.</param>
    /// <param name="count">How many paths; every tenth is a root.</param>
    /// <param name="seed">Seeds what refers to what.</param>
    /// <returns>The base names of the roots.</returns>
    public static string[] Write(TemporaryTree tree, int count, int seed)
    {
        Random random = new(seed);
        HostileCache cache = new(tree);
        string bash = $"{Digits(random)}-{Bash}";
        cache.Add(bash, new NarBuilder().Magic().File(new ElfBuilder(is64: true) { Machine = 62, Flags = 0 }.Interpreter("/lib64/ld-linux-x86-64.so.2").Build(), executable: true).ToArray());
        List<string> paths = [];
        for (int index = 0; index < count - 1; index++)
        {
            string name = $"{Digits(random)}-package{index % 40}-armv7l-unknown-linux-gnueabihf-1.{index}";
            string[] references = [.. Enumerable.Range(0, Math.Min(paths.Count, random.Next(1, 5))).Select(_ => paths[random.Next(paths.Count)]).Distinct().Order(StringComparer.Ordinal)];
            bool leaks = random.Next(6) == 0;
            string text = $"#!/nix/store/{(leaks ? bash : "00000000000000000000000000000000-none")}/bin/bash\n{string.Join('\n', references.Select(reference => "/nix/store/" + reference))}\n# {index}\n";
            cache.Add(name, NarBuilder.OfFile(Encoding.UTF8.GetBytes(leaks ? text : text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]), executable: true), string.Join(' ', references.Concat(leaks ? [bash] : []).Order(StringComparer.Ordinal)));
            paths.Add(name);
        }

        return [.. paths.Where((_, index) => index % 10 == 9)];
    }

    private static string Digits(Random random) => new(random.GetItems("0123456789abcdfghijklmnpqrsvwxyz".AsSpan(), 32));
}
