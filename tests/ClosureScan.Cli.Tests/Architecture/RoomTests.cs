using System.Reflection;
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
        Dictionary<string, HashSet<string>> known = Known(project);

        foreach (string room in Rooms(project))
        {
            List<string>? circle = WayBack(known, room);
            Assert.True(circle is null, $"Rooms of {project} know each other in a circle: {string.Join(" → ", circle ?? [])}.");
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

    private static IEnumerable<string> Rooms(string project) =>
        SourceFiles.Of(project).Where(file => file.Contains('/', StringComparison.Ordinal)).Select(file => file[..file.IndexOf('/', StringComparison.Ordinal)]).Distinct();

    /// <summary>
    /// What each room knows: the rooms that it imports or whose types it uses, and the types of no room, which know rooms in their turn. Each of
    /// those is for itself: some are below the rooms, some above.
    /// </summary>
    private static Dictionary<string, HashSet<string>> Known(string project)
    {
        var imports =
            from file in SourceFiles.Of(project)
            where file.Contains('/', StringComparison.Ordinal)
            from Match import in Import().Matches(SourceFiles.Read(project, file))
            select (file[..file.IndexOf('/', StringComparison.Ordinal)], PlaceOf(project, import.Groups[1].Value, ""));
        var uses =
            from user in Assembly.Load(project).GetTypes()
            where !user.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)) || user.DeclaringType is not null
            from used in TypeUse.Of(user)
            select (Place(project, user), Place(project, used));

        HashSet<string> rooms = [.. Rooms(project)];
        return imports.Where(import => rooms.Contains(import.Item2)).Concat(uses)
            .Where(pair => pair.Item1 != pair.Item2)
            .GroupBy(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal)
            .ToDictionary(known => known.Key, known => known.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static string Place(string project, Type type) => PlaceOf(project, TypeUse.Outermost(type).Namespace ?? "", TypeUse.Outermost(type).Name);

    private static string PlaceOf(string project, string space, string otherwise) =>
        space.StartsWith($"{project}.", StringComparison.Ordinal) ? space[(project.Length + 1)..].Split('.')[0] : otherwise;

    /// <summary>The shortest way from a room through others back to itself; null when there is none.</summary>
    private static List<string>? WayBack(Dictionary<string, HashSet<string>> known, string room)
    {
        Dictionary<string, string> reachedFrom = [];
        Queue<string> queue = new([room]);
        while (queue.TryDequeue(out string? place))
        {
            foreach (string next in known.GetValueOrDefault(place, []).Where(next => reachedFrom.TryAdd(next, place)))
            {
                queue.Enqueue(next);
            }
        }

        if (!reachedFrom.ContainsKey(room))
        {
            return null;
        }

        List<string> way = [room];
        do
        {
            way.Insert(0, reachedFrom[way[0]]);
        }
        while (way[0] != room);

        return way;
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
