using System.Globalization;
using System.Text;

namespace ClosureScan.Testing;

/// <summary>Builds <c>ar</c> archives of GNU's, BSD's and the thin kind, and lets a test write any header.</summary>
public sealed class ArchiveBuilder(string magic = "!<arch>\n")
{
    private readonly List<byte> _bytes = [.. Encoding.ASCII.GetBytes(magic)];

    /// <summary>Adds a member with this in its name field.</summary>
    public ArchiveBuilder Member(string nameField, byte[] contents, string? size = null, string end = "`\n")
    {
        string length = size ?? contents.Length.ToString(CultureInfo.InvariantCulture);
        _bytes.AddRange(Encoding.ASCII.GetBytes($"{nameField,-16}{"0",-12}{"0",-6}{"0",-6}{"100644",-8}{length,-10}{end}"));
        _bytes.AddRange(contents);
        return contents.Length % 2 == 0 ? this : Raw((byte)'\n');
    }

    /// <summary>Adds a member whose header alone is there, as in thin archives.</summary>
    public ArchiveBuilder Header(string nameField, long size) => Member(nameField, [], size.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a member with its name before its contents, as BSD writes it.</summary>
    public ArchiveBuilder BsdMember(string name, byte[] contents) =>
        Member($"#1/{name.Length + 3}", [.. Encoding.UTF8.GetBytes(name), 0, 0, 0, .. contents]);

    public ArchiveBuilder Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public byte[] Build() => [.. _bytes];
}
