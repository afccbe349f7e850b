using System.Text;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Situations;

/// <summary>A closure that a situation describes path by path. In texts, <c>{name}</c> is the store path of that name.</summary>
internal sealed class Scene
{
    private readonly SortedDictionary<StorePath, SortedDictionary<string, SceneFile>> _packages = [];

    /// <summary>The path that was named first.</summary>
    public StorePath? Root { get; private set; }

    /// <summary>The files of a path, by their names in it.</summary>
    public SortedDictionary<string, SceneFile> this[StorePath package]
    {
        get
        {
            if (!_packages.TryGetValue(package, out SortedDictionary<string, SceneFile>? files))
            {
                _packages.Add(package, files = new(StringComparer.Ordinal));
            }

            return files;
        }
    }

    /// <summary>A file of any bytes.</summary>
    public Scene File(string package, string file, byte[] contents, bool executable = true)
    {
        Tree(package)[file] = new SceneFile(contents, executable);
        return this;
    }

    /// <summary>A text.</summary>
    public Scene Text(string package, string file, string text, bool executable = false) => File(package, file, Encoding.UTF8.GetBytes(Fill(text)), executable);

    /// <summary>An executable script.</summary>
    public Scene Script(string package, string file, string text) => Text(package, file, text, executable: true);

    /// <summary>A program that starts through its glibc in the store.</summary>
    public Scene Program(string package, string file, Machine machine)
    {
        Libc(machine);
        return File(package, file, Code.Program(machine));
    }

    /// <summary>A program with a text among its constants.</summary>
    public Scene ProgramWith(string package, string file, Machine machine, string text)
    {
        Libc(machine);
        return File(package, file, Code.Program(machine, text: Fill(text)));
    }

    /// <summary>A shared library.</summary>
    public Scene Library(string package, string file, Machine machine) => File(package, file, Code.Library(machine), executable: false);

    /// <summary>A symlink.</summary>
    public Scene Link(string package, string file, string target)
    {
        Tree(package)[file] = new SceneFile([], LinkTarget: Fill(target));
        return this;
    }

    /// <summary>The bytes of a real build, in which <c>{name}</c> of its options is a store path.</summary>
    public Scene Compiled(string package, string file, Machine machine, string source, params string[] options)
    {
        Libc(machine);
        return File(package, file, Code.Compile(machine, Fill(source), [.. options.Select(Fill)]), executable: !options.Contains("-c"));
    }

    /// <summary>Adds the machine's C library, when it is not there.</summary>
    public Scene Libc(Machine machine)
    {
        this[MemoryStore.PathOf(machine.Libc)].TryAdd("lib/libc.so.6", new SceneFile(Code.Library(machine)));
        return this;
    }

    public ValueTask<ScannedClosure> ScanAsync(bool deep)
    {
        MemoryStore store = new();
        foreach ((StorePath package, SortedDictionary<string, SceneFile> files) in _packages)
        {
            foreach ((string name, SceneFile file) in files)
            {
                _ = file.LinkTarget is null ? store[package].File(name, file.Contents, file.Executable) : store[package].Symlink(name, file.LinkTarget);
            }
        }

        return store.ScanAsync(Root!, ScanOptions.Default with { Deep = deep });
    }

    private SortedDictionary<string, SceneFile> Tree(string package)
    {
        StorePath path = MemoryStore.PathOf(package);
        Root ??= path;
        return this[path];
    }

    /// <summary>Puts store paths in; what they name is added when it is not there.</summary>
    private static string Fill(string text)
    {
        StringBuilder filled = new();
        for (int at = 0; at < text.Length;)
        {
            int open = text.IndexOf('{', at);
            int close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0 || !IsName(text[(open + 1)..close]))
            {
                int next = open < 0 ? text.Length : open + 1;
                filled.Append(text, at, next - at);
                at = next;
                continue;
            }

            filled.Append(text, at, open - at).Append(MemoryStore.PathOf(text[(open + 1)..close]));
            at = close + 1;
        }

        return filled.ToString();
    }

    private static bool IsName(string text) => text.Length > 2 && text.Contains('-', StringComparison.Ordinal) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "+-._".Contains(letter, StringComparison.Ordinal));
}
