using System.Security.Cryptography;
using System.Text;

namespace ClosureScan.Analysis.Reports.Html;

/// <summary>The style and the script of a page, as they lie beside this file: plain CSS, and modules that are written into one in the order of their names.</summary>
internal static class PageAssets
{
    private static readonly string[] Modules = ["format.js", "closure.js", "layout.js", "picture.js", "table.js", "why.js", "page.js"];

    /// <summary>The style.</summary>
    public static string Style { get; } = Read("page.css");

    /// <summary>The script.</summary>
    public static string Script { get; } = string.Concat(Modules.Select(Read));

    /// <summary>What a browser may do with the page: run this script, use this style, and nothing else; ask nobody for anything.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; script-src '{HashOf(Script)}'; style-src '{HashOf(Style)}'; base-uri 'none'; form-action 'none'";

    private static string HashOf(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Read(string name)
    {
        using Stream stream = typeof(PageAssets).Assembly.GetManifestResourceStream($"html/{name}")!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
