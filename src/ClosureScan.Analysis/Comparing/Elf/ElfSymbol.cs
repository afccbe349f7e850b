namespace ClosureScan.Analysis.Comparing.Elf;

/// <summary>A symbol.</summary>
/// <param name="Name">Its name, with the version that it is bound to: <c>getcwd@GLIBC_2.4</c>.</param>
/// <param name="Kind">STT_FUNC, STT_OBJECT, …</param>
/// <param name="Binding">STB_LOCAL, STB_GLOBAL, STB_WEAK.</param>
/// <param name="Section">The section it lies in; 0 for one that is imported.</param>
/// <param name="Value">Its address; in an object its offset in the section. Without the bit that marks Thumb code.</param>
/// <param name="Size">Its size in bytes.</param>
internal readonly record struct ElfSymbol(string Name, int Kind, int Binding, int Section, ulong Value, ulong Size)
{
    public const int Object = 1;
    public const int Function = 2;
    private const int ThreadLocal = 6;
    private const int IndirectFunction = 10;

    public bool IsImport => Section == 0 && Binding != 0 && Name.Length > 0;

    public bool IsExport => Section != 0 && Binding != 0 && Kind is 0 or Object or Function or ThreadLocal or IndirectFunction && Name.Length > 0;

    /// <summary>The name without the version.</summary>
    public string BareName => Name.Split('@')[0];
}
