using System.Collections.Immutable;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Testing;

/// <summary>Describes one path of a <see cref="ClosureBuilder"/>.</summary>
public sealed class ClosurePathBuilder(ClosureBuilder closure, string name)
{
    private readonly Dictionary<string, List<ReferenceEvidence>> _references = new(StringComparer.Ordinal);
    private readonly List<(FileRole Role, IdentifiedFile File)> _files = [];
    private long _size = 1000;

    internal IEnumerable<string> References => _references.Keys;

    /// <summary>Sets the NAR size, 1000 bytes unless said.</summary>
    public ClosurePathBuilder Size(long bytes)
    {
        _size = bytes;
        return this;
    }

    /// <summary>Adds a program for <paramref name="system"/>.</summary>
    public ClosurePathBuilder Program(string file, string system) => File(file, system, FileRole.Program, FileFormat.Elf);

    /// <summary>Adds a shared library for <paramref name="system"/>.</summary>
    public ClosurePathBuilder Library(string file, string system) => File(file, system, FileRole.SharedLibrary, FileFormat.Elf);

    /// <summary>Adds an object file for <paramref name="system"/>.</summary>
    public ClosurePathBuilder Object(string file, string system) => File(file, system, FileRole.Object, FileFormat.Elf);

    /// <summary>Adds a file for several systems, of which the census tells no single one: a fat Mach-O program, or an archive.</summary>
    public ClosurePathBuilder Fat(string file, FileRole role, params ReadOnlySpan<string> systems)
    {
        ImmutableArray<MemberTally> members = [.. systems.ToArray().Select((system, i) => new MemberTally(Parse(system), 1, $"slice {i}"))];
        FileIdentity identity = new() { Format = role == FileRole.Archive ? FileFormat.Archive : FileFormat.MachO, Role = role, Members = members };
        _files.Add((role, new IdentifiedFile(file, 100, 0, role == FileRole.Program, identity)));
        return this;
    }

    /// <summary>Adds a script with that interpreter.</summary>
    public ClosurePathBuilder Script(string file, string interpreter)
    {
        FileIdentity identity = new() { Format = FileFormat.Script, Role = FileRole.Script, Interpreter = interpreter };
        _files.Add((FileRole.Script, new IdentifiedFile(file, 100, 0, Executable: true, identity)));
        return this;
    }

    /// <summary>Adds a reference to a path of that name.</summary>
    internal ClosurePathBuilder Refers(
        string to, Mechanism mechanism = Mechanism.Text, string file = "share/file", string? subPath = null, bool executable = false, string? context = null, Usage usage = Usage.Unknown)
    {
        if (!_references.TryGetValue(to, out List<ReferenceEvidence>? evidence))
        {
            _references.Add(to, evidence = []);
        }

        evidence.Add(new ReferenceEvidence
        {
            File = file,
            Offset = 10,
            NarOffset = 1000 + 100 * _references.Count + evidence.Count,
            Mechanism = mechanism,
            Count = 1,
            Executable = executable,
            Usage = usage,
            FileSize = mechanism == Mechanism.SymlinkTarget ? null : 100,
            SubPath = subPath,
            Context = context ?? closure.PathOf(to) + subPath,
        });
        return this;
    }

    internal ScannedPath Build()
    {
        StorePath path = closure.PathOf(name);
        return new ScannedPath(
            new PathInfo { Path = path, NarSize = _size, References = [.. _references.Keys.Select(closure.PathOf).Order()] },
            new PathScan
            {
                NarSize = _size,
                FileCount = _files.Select(item => item.File.File).Concat(_references.Values.SelectMany(evidence => evidence).Where(item => item.FileSize is not null).Select(item => item.File)).Distinct().Count(),
                ByteCount = _size,
                References =
                [
                    .. _references.Select(item => new FoundReference
                    {
                        Target = closure.PathOf(item.Key).Hash,
                        Count = item.Value.Count,
                        FileCount = item.Value.Select(evidence => evidence.File).Distinct().Count(),
                        Evidence = [.. item.Value],
                    }).OrderBy(reference => reference.Target),
                ],
                Platforms = [.. _files.GroupBy(item => (item.Role, item.File.Identity.Platform)).Select(Tally)],
            });
    }

    private static PlatformTally Tally(IGrouping<(FileRole Role, Platform? Platform), (FileRole Role, IdentifiedFile File)> group) => new()
    {
        Role = group.Key.Role,
        Platform = group.Key.Platform,
        FileCount = group.Count(),
        ByteCount = group.Sum(item => item.File.Size),
        Files = [.. group.Select(item => item.File)],
    };

    private ClosurePathBuilder File(string file, string system, FileRole role, FileFormat format)
    {
        FileIdentity identity = new() { Format = format, Role = role, Platform = Parse(system) };
        _files.Add((role, new IdentifiedFile(file, 100, 0, role == FileRole.Program, identity)));
        return this;
    }

    private static Platform Parse(string system) =>
        Platform.TryParse(system, out Platform? platform) ? platform : throw new ArgumentException($"{system} is no system", nameof(system));
}
