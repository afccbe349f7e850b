using System.Collections.Immutable;
using System.Globalization;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Fleet.Ledgers;

/// <summary>The paths of a ledger, what refers to what, and which cache claims what.</summary>
internal sealed class LedgerPaths(LedgerDatabase database)
{
    private static readonly string[] PathColumns = ["id", "base_name", "package", "nar_hash", "wanted", "nar_size", "deriver", "content_address"];

    // A path that no cache had when it was first asked for may be there by now.
    private const string TakeClaim = """
        ON CONFLICT(id) DO UPDATE SET nar_hash = excluded.nar_hash, wanted = excluded.wanted, nar_size = excluded.nar_size,
        deriver = excluded.deriver, content_address = excluded.content_address WHERE path.nar_hash IS NULL AND excluded.nar_hash IS NOT NULL
        """;

    /// <summary>Of some paths those whose claims are there, each with the base names of what it refers to.</summary>
    public Task<Dictionary<long, List<string>>> FindReferencesAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) => database.ReadAsync(
        async transaction =>
        {
            string list = ListOf(ids);
            Dictionary<long, List<string>> known = [];
            await transaction.ForEachAsync($"SELECT id FROM path WHERE id IN ({list}) AND nar_hash IS NOT NULL", row => known.Add(row.GetInt64(0), [])).ConfigureAwait(false);
            await transaction.ForEachAsync(
                $"SELECT r.from_id, p.base_name FROM reference r JOIN path p ON p.id = r.to_id WHERE r.from_id IN ({list})",
                row => known.GetValueOrDefault(row.GetInt64(0))?.Add(row.GetString(1))).ConfigureAwait(false);
            return known;
        },
        cancellationToken);

    /// <summary>Adds paths with what caches claim of them.</summary>
    /// <param name="found">The claims of each path, that of the first cache first; none where no cache has it.</param>
    /// <param name="cancellationToken">Ends the adding.</param>
    /// <exception cref="FleetException">Two paths share the bits of their hashes that a ledger tells them apart by.</exception>
    public Task AddAsync(IReadOnlyCollection<(StorePath Path, ImmutableArray<(string Cache, PathInfo Info)> Claims)> found, CancellationToken cancellationToken) => database.RunAsync(
        async transaction =>
        {
            PathInfo[] infos = [.. found.Where(path => !path.Claims.IsEmpty).Select(path => path.Claims[0].Info).OrderBy(info => PathId.Of(info.Path))];
            StorePath[] named = [.. found.Select(path => path.Path).Concat(infos.SelectMany(info => info.References ?? [])).Distinct().OrderBy(PathId.Of)];
            await transaction.InsertAsync("path", PathColumns, named.Select(path => new object?[] { PathId.Of(path), path.BaseName, PackageNames.Of(path), null, 0L, 0L, null, null })).ConfigureAwait(false);
            await transaction.InsertAsync("path", PathColumns, infos.Select(Row), TakeClaim).ConfigureAwait(false);
            await transaction.InsertAsync(
                "reference",
                ["from_id", "to_id"],
                infos.SelectMany(info => (info.References ?? []).Select(PathId.Of).Order().Select(to => new object?[] { PathId.Of(info.Path), to }))).ConfigureAwait(false);
            await transaction.InsertAsync(
                "claim",
                ["path_id", "cache", "nar_hash", "nar_size"],
                found.SelectMany(path => path.Claims.Select(claim => new object?[] { PathId.Of(path.Path), claim.Cache, Bytes(claim.Info.NarHash!.Value), claim.Info.NarSize ?? 0 }))).ConfigureAwait(false);
            await CheckNamesAsync(transaction, named).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>The closures of some roots, all in one, as store paths with what is claimed of them and the key of their NAR.</summary>
    public static async Task<List<(long Id, PathInfo Info, long Wanted)>> ReadClosureAsync(LedgerTransaction transaction, long root, string storeDirectory)
    {
        const string Closure = "WITH RECURSIVE closure(id) AS (SELECT @root UNION SELECT r.to_id FROM closure c JOIN reference r ON r.from_id = c.id) ";
        Dictionary<long, ImmutableArray<StorePath>.Builder> references = [];
        await transaction.ForEachAsync(
            Closure + "SELECT r.from_id, p.base_name FROM closure c JOIN reference r ON r.from_id = c.id JOIN path p ON p.id = r.to_id",
            row =>
            {
                if (!references.TryGetValue(row.GetInt64(0), out ImmutableArray<StorePath>.Builder? list))
                {
                    references.Add(row.GetInt64(0), list = ImmutableArray.CreateBuilder<StorePath>());
                }

                list.Add(Parse(storeDirectory, row.GetString(1)));
            },
            ("root", root)).ConfigureAwait(false);
        return await transaction.QueryAsync(
            Closure + "SELECT p.id, p.base_name, p.nar_hash, p.nar_size, p.deriver, p.content_address, p.wanted FROM closure c JOIN path p ON p.id = c.id",
            row => (row.GetInt64(0), Read(row, storeDirectory, references.TryGetValue(row.GetInt64(0), out ImmutableArray<StorePath>.Builder? list) ? list.DrainToImmutable().Sort() : []), row.GetInt64(6)),
            ("root", root)).ConfigureAwait(false);
    }

    /// <summary>Reads columns id, base_name, nar_hash, nar_size, deriver, content_address.</summary>
    public static PathInfo Read(System.Data.Common.DbDataReader row, string storeDirectory, ImmutableArray<StorePath> references) => new()
    {
        Path = Parse(storeDirectory, row.GetString(1)),
        NarHash = row.IsDBNull(2) ? null : new NarHash((byte[])row.GetValue(2)),
        NarSize = row.GetInt64(3),
        Deriver = row.IsDBNull(4) ? null : Parse(storeDirectory, row.GetString(4)),
        ContentAddress = row.IsDBNull(5) ? null : row.GetString(5),
        References = references,
    };

    /// <summary>A store path by its base name, which this ledger wrote.</summary>
    public static StorePath Parse(string storeDirectory, string baseName) =>
        StorePath.TryParseBaseName(storeDirectory, baseName, out StorePath? path) ? path : throw new FleetException(ErrorKind.Malformed, $"The ledger is damaged: \"{baseName}\" is no name of a store path.");

    /// <summary>The key of what is searched for in a path's NAR: the paths that it refers to.</summary>
    public static long WantedBy(PathInfo info) => PathId.Of((info.References ?? []).Select(reference => reference.Hash.ToString()));

    public static byte[] Bytes(NarHash hash)
    {
        byte[] bytes = new byte[NarHash.Length];
        hash.CopyTo(bytes);
        return bytes;
    }

    /// <summary>Numbers for an IN.</summary>
    public static string ListOf(IEnumerable<long> ids) => string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)).DefaultIfEmpty("NULL"));

    private static object?[] Row(PathInfo info) =>
        [PathId.Of(info.Path), info.Path.BaseName, PackageNames.Of(info.Path), Bytes(info.NarHash!.Value), WantedBy(info), info.NarSize ?? 0, info.Deriver?.BaseName, info.ContentAddress];

    private static async Task CheckNamesAsync(LedgerTransaction transaction, StorePath[] named)
    {
        Dictionary<long, string> names = [];
        foreach (StorePath path in named)
        {
            if (!names.TryAdd(PathId.Of(path), path.BaseName))
            {
                throw Twins(names[PathId.Of(path)], path.BaseName);
            }
        }

        foreach (long[] batch in names.Keys.Chunk(1000))
        {
            await transaction.ForEachAsync(
                $"SELECT id, base_name FROM path WHERE id IN ({ListOf(batch)})",
                row => _ = names[row.GetInt64(0)] == row.GetString(1) ? 0 : throw Twins(row.GetString(1), names[row.GetInt64(0)])).ConfigureAwait(false);
        }
    }

    private static FleetException Twins(string first, string second) =>
        new(ErrorKind.Malformed, $"{first} and {second} begin with the same digits, by which a ledger tells paths apart. Take one ledger for each.");
}
