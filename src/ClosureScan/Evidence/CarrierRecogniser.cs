using ClosureScan.Platforms;
using ClosureScan.Platforms.Elf;
using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>
/// Decides what a file with hits is. In this order, the first that applies:
/// <list type="number">
/// <item>the container format that its bytes declare: ELF, archive, bitcode, byte code, containers, and as <see cref="Mechanism.Data"/> with sections PE, Mach-O
/// and WebAssembly; where in them, their carriers say;</item>
/// <item>a shebang: the first line is <see cref="Mechanism.Shebang"/> whatever the rest is, an archive for one;</item>
/// <item>no text: <see cref="Mechanism.Data"/>;</item>
/// <item>what <c>makeWrapper</c> wrote: <see cref="Mechanism.Wrapper"/>;</item>
/// <item>the rows of <see cref="TextKinds"/>.</item>
/// </list>
/// </summary>
internal static class CarrierRecogniser
{
    private static readonly UniformCarrier Data = new(Mechanism.Data, isText: false);
    private static readonly UniformCarrier Bitcode = new(Mechanism.Bitcode, isText: false);
    private static readonly UniformCarrier Container = new(Mechanism.Container, isText: false);
    private static readonly UniformCarrier Bytecode = new(Mechanism.Bytecode, isText: false);

    /// <summary>What <paramref name="file"/> is.</summary>
    public static Carrier Recognise(in WalkedFile file, in FileView view, FileIdentity identity, ReadOnlySpan<FileHit> hits)
    {
        switch (identity.Format)
        {
            case FileFormat.Elf:
                return ElfFile.TryParse(view, out ElfFile? elf, out _) ? new ElfCarrier(elf, view) : Data;
            case FileFormat.Archive:
                return new ArchiveCarrier(view, hits);
            case FileFormat.Bitcode:
                return Bitcode;
            case FileFormat.Bytecode:
                return Bytecode;
            case FileFormat.Compressed or FileFormat.Container:
                return Container;
            case FileFormat.Pe:
                return new RegionCarrier(PeSections.Read(view));
            case FileFormat.MachO:
                return new RegionCarrier(MachOSections.Read(view));
            case FileFormat.Wasm:
                return new RegionCarrier(WasmSections.Read(view));
        }

        TextFile text = new(file.Path, view.Head);
        if (text.IsScript && TextFile.IsText(text.FirstLine))
        {
            Mechanism body = !text.LooksLikeText ? Mechanism.Data
                : ShellWrapper.Matches(view) ? Mechanism.Wrapper
                : TextKinds.Recognise(text);
            return new ScriptCarrier(text.FirstLine.Length, body, text.LooksLikeText);
        }

        return text.LooksLikeText ? new UniformCarrier(TextKinds.Recognise(text), isText: true) : Data;
    }
}
