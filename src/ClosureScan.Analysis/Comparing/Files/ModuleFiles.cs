using System.Text.RegularExpressions;

namespace ClosureScan.Analysis.Comparing.Files;

/// <summary>Tells the modules of languages by where they lie.</summary>
internal static partial class ModuleFiles
{
    public static bool IsModule(string file) => Pattern().IsMatch(file);

    [GeneratedRegex(@"(^|/)lib/(perl5|python[\d.]+|ruby|lua|site_ruby|gems)/.*\.(p[ml]|pyc?|so|rb|lua)$|(^|/)site-packages/|(^|/)share/lua/.*\.lua$")]
    private static partial Regex Pattern();
}
