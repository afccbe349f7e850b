using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using ClosureScan.Analysis.Findings;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Situations;

/// <summary>
/// Does in a scene what the advice of a finding says, with the means that it names: what is to be taken from the host's package comes from a build of it
/// for the host, what is to be stripped is stripped by the real tool.
/// </summary>
internal sealed partial class AdvisedEdits(Scene scene, ScannedClosure closure, string host)
{
    private static readonly ImmutableArray<(string Words, Action<AdvisedEdits, Finding, Occurrence> Make)> Rows =
    [
        ("Goes away with the files that hold it", (_, _, _) => { }),
        ("Only people read this file: do not install it", (edits, finding, place) => edits.Delete(finding, place)),
        ("Drop the comment", (edits, finding, place) => edits.DropLine(finding, place)),
        ("Delete the file", (edits, finding, place) => edits.Delete(finding, place)),
        ("remove-references-to -t", (edits, finding, place) => edits.Scrub(finding, place)),
        ("build the kernel and its modules", (edits, finding, place) => edits.Rebuild(finding, place, FileRole.Kernel)),
        ("install the loader of", (edits, finding, place) => edits.Put(finding, place, Code.Windows(edits.Host == "aarch64-linux" ? (ushort)0xaa64 : (ushort)0x8664, isEfi: true))),
        ("archive the objects of", (edits, finding, place) => edits.Rebuild(finding, place, FileRole.Archive)),
        ("Built for ", (edits, finding, place) => edits.Rebuild(finding, place, edits.RoleOf(finding.From, place.File!))),
        ("autoPatchelfHook", (edits, finding, place) => edits.SetInterpreter(finding, place)),
        ("put its package in buildInputs", (edits, finding, place) => edits.AddInterpreter(finding, place)),
        ("patchelf --shrink-rpath", (edits, finding, place) => edits.Run("patchelf", finding, place, "--shrink-rpath")),
        ("Strip the debug information", (edits, finding, place) => edits.Run(edits.Binutils("strip"), finding, place, "-S")),
        ("Strip the archive's debug information", (edits, finding, place) => edits.Run(edits.Binutils("strip"), finding, place, "-S")),
        ("strip -R .comment", (edits, finding, place) => edits.Run(edits.Binutils("strip"), finding, place, "-R", ".comment", "-R", ".GCC.command.line")),
        ("Propagate from nativeBuildInputs of the users", (edits, finding, place) => edits.Replace(finding, place, finding.To!.ToString(), "")),
        ("nuke-refs on the bitcode", (edits, finding, place) => edits.Scrub(finding, place)),
        ("compile it again (python -m compileall -f)", (edits, finding, place) => edits.CompileAgain(finding, place)),
        ("Compile the byte code again", (edits, finding, place) => edits.CompileAgain(finding, place)),
        ("Rename the file", (edits, finding, place) => edits.Rename(finding, place)),
        ("the host's ", (edits, finding, place) => edits.TakeTheHosts(finding, place)),
    ];

    /// <summary>What each edit that there is answers to.</summary>
    public static IEnumerable<string> Words => Rows.Select(row => row.Words);

    private string Host => host;

    /// <summary>Does what is said about one place. The words that it was said by; null when they are none of the known.</summary>
    public string? Make(Finding finding, Occurrence place)
    {
        foreach ((string words, Action<AdvisedEdits, Finding, Occurrence> make) in Rows)
        {
            if (place.Fix.Contains(words, StringComparison.Ordinal))
            {
                make(this, finding, place);
                return words;
            }
        }

        return null;
    }

    /// <summary>The same package in a build for the host, whose store path is as long, so that it fits into binaries.</summary>
    private StorePath TwinOf(StorePath path)
    {
        StorePath twin = StorePath.Parse($"{path.StoreDirectory}/{(path.BaseName[0] == 'z' ? 'y' : 'z')}{path.BaseName[1..]}");
        if (scene[twin].Count > 0)
        {
            return twin;
        }

        Dictionary<string, FileRole> code = (
            from tally in closure.Paths.Single(scanned => scanned.Info.Path.Equals(path)).Scan!.Platforms
            where tally.Platform is not null
            from file in tally.Files
            select (file.File, tally.Role)).DistinctBy(file => file.File).ToDictionary();
        foreach ((string name, SceneFile file) in scene[path])
        {
            scene[twin][name] = code.TryGetValue(name, out FileRole role) ? file with { Contents = For(role) } : file.With(path.ToString(), twin.ToString());
        }

        return twin;
    }

    private byte[] For(FileRole role)
    {
        bool isStatic = StorePathName.Parse(scene.Root!.Name).Host?.Libc == "musl";
        if (!isStatic && Machine.All.FirstOrDefault(machine => machine.System == host) is { } machine)
        {
            scene.Libc(machine);
        }

        return Code.For(host, role, isStatic);
    }

    private FileRole RoleOf(StorePath path, string file) =>
        closure.Paths.Single(scanned => scanned.Info.Path.Equals(path)).Scan!.Platforms.First(tally => tally.Platform is not null && tally.Files.Any(of => of.File == file)).Role;

    private string Binutils(string tool) => Machine.All.Single(machine => machine.System == host).Tool(tool);

    private void TakeTheHosts(Finding finding, Occurrence place) => Replace(finding, place, finding.To!.ToString(), TwinOf(finding.To).ToString());

    private void Scrub(Finding finding, Occurrence place) => Replace(finding, place, finding.To!.Hash.ToString(), new string('e', StorePathHash.Length));

    private void Replace(Finding finding, Occurrence place, string old, string replacement) =>
        scene[finding.From][place.File!] = scene[finding.From][place.File!].With(old, replacement);

    private void Delete(Finding finding, Occurrence place) => scene[finding.From].Remove(place.File!);

    private void DropLine(Finding finding, Occurrence place)
    {
        SceneFile file = scene[finding.From][place.File!];
        IEnumerable<string> lines = Encoding.UTF8.GetString(file.Contents).Split('\n').Where(line => !line.Contains(finding.To!.ToString(), StringComparison.Ordinal));
        scene[finding.From][place.File!] = file with { Contents = Encoding.UTF8.GetBytes(string.Join('\n', lines)) };
    }

    private void Rebuild(Finding finding, Occurrence place, FileRole role) => Put(finding, place, For(role));

    private void Put(Finding finding, Occurrence place, byte[] contents) =>
        scene[finding.From][place.File!] = scene[finding.From][place.File!] with { Contents = contents };

    private void Run(string tool, Finding finding, Occurrence place, params string[] options) =>
        Put(finding, place, Code.Edit(tool, scene[finding.From][place.File!].Contents, options));

    private void SetInterpreter(Finding finding, Occurrence place)
    {
        Machine machine = Machine.All.Single(machine => machine.System == host);
        scene.Libc(machine);
        Run("patchelf", finding, place, "--set-interpreter", $"{MemoryStore.PathOf(machine.Libc)}/lib/{machine.Loader}");
    }

    /// <summary>What patchShebangs does, once the package is there.</summary>
    private void AddInterpreter(Finding finding, Occurrence place)
    {
        string interpreter = Interpreter().Match(Encoding.UTF8.GetString(scene[finding.From][place.File!].Contents)).Groups[1].Value;
        string name = interpreter[(interpreter.LastIndexOf('/') + 1)..];
        StorePath package = MemoryStore.PathOf($"{name}-added-1.0");
        scene[package][$"bin/{name}"] = new SceneFile(For(FileRole.Program), Executable: true);
        Replace(finding, place, interpreter, $"{package}/bin/{name}");
    }

    /// <summary>The source beside it was mended by its own advice.</summary>
    private void CompileAgain(Finding finding, Occurrence place)
    {
        string source = place.File!.Replace("__pycache__/", "", StringComparison.Ordinal);
        source = source[..source.IndexOf('.', source.LastIndexOf('/') + 1)] + ".py";
        Put(finding, place, Code.Python(Encoding.UTF8.GetString(scene[finding.From][source].Contents)));
    }

    private void Rename(Finding finding, Occurrence place)
    {
        SceneFile file = scene[finding.From][place.File!];
        Delete(finding, place);
        scene[finding.From][place.File!.Replace(finding.To!.BaseName, finding.To.Name, StringComparison.Ordinal)] = file;
    }

    [GeneratedRegex("^#! ?([^ \n]+)")]
    private static partial Regex Interpreter();
}
