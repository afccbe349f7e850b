using System.Globalization;

namespace ClosureScan.Cli.Explorer;

/// <summary>Names of paths where there is little room: a platform's triple says least, then the end of what is left.</summary>
internal static class ShortName
{
    private const string Middle = "-unknown-linux-";

    /// <summary>A name of at most <paramref name="room"/> letters.</summary>
    public static string Fit(string name, int room)
    {
        if (name.Length <= room || room < 6)
        {
            return name;
        }

        name = WithoutTriple(name);
        return name.Length <= room ? name : name[..(room - 1)] + "…";
    }

    /// <summary>A name with an ellipsis for its triple: <c>curl-…-8.7.1</c>.</summary>
    public static string WithoutTriple(string name)
    {
        int triple = name.IndexOf(Middle, StringComparison.Ordinal);
        if (triple <= 0)
        {
            return name;
        }

        int start = name.LastIndexOf('-', triple - 1) + 1;
        int end = name.IndexOf('-', triple + Middle.Length);
        return string.Create(CultureInfo.InvariantCulture, $"{name[..start]}…{(end < 0 ? "" : name[end..])}");
    }
}
