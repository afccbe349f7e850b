using System.Text.RegularExpressions;

namespace ClosureScan.Cli.Tests.Architecture;

/// <summary>A folder below a project is a room, and rooms are layers: no room knows one that knows it.</summary>
public sealed partial class RoomTests
{
    public static TheoryData<string> Projects => [.. SourceFiles.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Rooms_know_each_other_in_one_direction(string project)
    {
        Dictionary<string, HashSet<string>> known = KnownRooms(project);
        HashSet<string> settled = [];

        foreach (string room in known.Keys.Order(StringComparer.Ordinal))
        {
            Follow(room, []);
        }

        void Follow(string room, List<string> way)
        {
            int begin = way.IndexOf(room);
            Assert.True(begin < 0, $"Rooms of {project} know each other in a circle: {string.Join(" → ", way.Skip(begin))} → {room}.");
            if (settled.Contains(room))
            {
                return;
            }

            foreach (string next in known.GetValueOrDefault(room, []))
            {
                Follow(next, [.. way, room]);
            }

            settled.Add(room);
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Namespace_of_a_file_is_its_folder(string project)
    {
        IEnumerable<string> wrong =
            from file in SourceFiles.Of(project)
            let match = NamespaceLine().Match(SourceFiles.Read(project, file))
            where match.Success
            let folder = Path.GetDirectoryName(file)!.Replace('/', '.')
            where match.Groups[1].Value != (folder.Length == 0 ? project : $"{project}.{folder}")
            select $"{file}: {match.Groups[1].Value}";

        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void File_declares_one_public_type_and_is_named_after_it(string project)
    {
        IEnumerable<string> wrong =
            from file in SourceFiles.Of(project)
            let types = PublicType().Matches(SourceFiles.Read(project, file)).Select(match => match.Groups[1].Value).Distinct().ToArray()
            where types.Length > 1 || (types.Length == 1 && types[0] != Path.GetFileNameWithoutExtension(file).Split('.', '`')[0])
            select $"{file}: {string.Join(", ", types)}";

        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Unsafe_code_stays_in_kernels_and_native_decoders(string project)
    {
        IEnumerable<string> wrong =
            from file in SourceFiles.Of(project)
            where !file.Contains("Kernels/", StringComparison.Ordinal) && !file.Contains("Compression/", StringComparison.Ordinal)
            where UnsafeCode().IsMatch(SourceFiles.Read(project, file))
            select file;

        Assert.Empty(wrong);
    }

    /// <summary>For each room of a project, the other rooms whose namespaces its files import.</summary>
    private static Dictionary<string, HashSet<string>> KnownRooms(string project)
    {
        Dictionary<string, HashSet<string>> known = [];
        foreach (string file in SourceFiles.Of(project).Where(file => file.Contains('/', StringComparison.Ordinal)))
        {
            string room = file[..file.IndexOf('/', StringComparison.Ordinal)];
            if (!known.TryGetValue(room, out HashSet<string>? others))
            {
                known.Add(room, others = []);
            }

            others.UnionWith(Import().Matches(SourceFiles.Read(project, file))
                .Select(match => match.Groups[1].Value)
                .Where(name => name.StartsWith($"{project}.", StringComparison.Ordinal))
                .Select(name => name[(project.Length + 1)..].Split('.')[0])
                .Where(other => other != room && Directory.Exists(Testing.Repository.PathOf($"src/{project}/{other}"))));
        }

        return known;
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"^public (?:[\w ]+ )?(?:class|struct|record|interface|enum|delegate [\w<>?]+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^(?!\s*//).*\bunsafe\b", RegexOptions.Multiline)]
    private static partial Regex UnsafeCode();
}
