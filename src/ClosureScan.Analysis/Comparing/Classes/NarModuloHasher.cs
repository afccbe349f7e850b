using ClosureScan.Nar;
using ClosureScan.Walking;

namespace ClosureScan.Analysis.Comparing.Classes;

/// <summary>Makes a NAR of what passes, for a <see cref="ModuloStream"/>.</summary>
internal sealed class NarModuloHasher(ModuloStream stream) : IContentVisitor
{
    private readonly NarWriter _writer = new(stream);

    /// <inheritdoc/>
    public void Directory(in ContentEntry entry) => _writer.BeginDirectory(entry.Name);

    /// <inheritdoc/>
    public void EndDirectory(in ContentEntry entry) => _writer.EndDirectory();

    /// <inheritdoc/>
    public void Symlink(in ContentEntry entry, ReadOnlySpan<byte> target, long narOffset) => _writer.WriteSymlink(entry.Name, target);

    /// <inheritdoc/>
    public void BeginFile(in ContentEntry entry, long length, bool executable, long narOffset) =>
        _writer.BeginFile(entry.Name, length, executable);

    /// <inheritdoc/>
    public void FileData(ReadOnlySpan<byte> data) => _writer.WriteContents(data);

    /// <inheritdoc/>
    public void EndFile(in FileView file)
    {
    }
}
