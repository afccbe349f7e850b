using System.Text;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Situations;

/// <summary>A closure that a situation describes path by path. In texts, <c>{name}</c> is the store path of that name.</summary>
internal sealed class Scene
{
    private readonly MemoryStore _store = new();

    /// <summary>The path that was named first.</summary>
    public StorePath? Root { get; private set; }

    /// <summary>A file of any bytes.</summary>
    public Scene File(string package, string file, byte[] contents, bool executable = true)
    {
        Tree(package).File(file, contents, executable);
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
        Tree(package).Symlink(file, Fill(target));
        return this;
    }

    public ValueTask<ScannedClosure> ScanAsync(bool deep) => _store.ScanAsync(Root!, ScanOptions.Default with { Deep = deep });

    private void Libc(Machine machine)
    {
        StorePath libc = MemoryStore.PathOf(machine.Libc);
        if (!_store.Has(libc))
        {
            _store[libc].File("lib/libc.so.6", Code.Library(machine));
        }
    }

    private MemoryTree Tree(string package)
    {
        StorePath path = MemoryStore.PathOf(package);
        Root ??= path;
        return _store[path];
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
