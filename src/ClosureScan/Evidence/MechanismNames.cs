using System.Collections.Frozen;

namespace ClosureScan.Evidence;

/// <summary>The kebab-case names that reports carry, <c>elf-runpath</c> for <see cref="Mechanism.ElfRunpath"/>.</summary>
public static class MechanismNames
{
    private static readonly string[] Names =
        [.. Enum.GetNames<Mechanism>().Select(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName)];

    private static readonly FrozenDictionary<string, Mechanism> ByName =
        Enum.GetValues<Mechanism>().ToFrozenDictionary(ToName);

    /// <summary>The name of <paramref name="mechanism"/> in reports.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the enumeration.</exception>
    public static string ToName(this Mechanism mechanism)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)mechanism, (uint)Names.Length);
        return Names[(int)mechanism];
    }

    /// <summary>The mechanism of that name. False when there is none.</summary>
    public static bool TryParse(string name, out Mechanism mechanism) => ByName.TryGetValue(name, out mechanism);
}
