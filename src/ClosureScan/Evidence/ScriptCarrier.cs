using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>A script: the kernel reads its first line, the interpreter the rest.</summary>
/// <param name="firstLineLength">How many bytes come before the first line feed.</param>
/// <param name="body">What the lines below the first are.</param>
/// <param name="isText">Whether that is text; behind a first line may come an archive.</param>
internal sealed class ScriptCarrier(long firstLineLength, Mechanism body, bool isText) : Carrier
{
    public override bool IsText => isText;

    public override Mechanism MechanismAt(in FileView view, long offset) =>
        offset < firstLineLength ? Mechanism.Shebang : body;
}
