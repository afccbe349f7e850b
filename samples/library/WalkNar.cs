using System.IO.Pipelines;
using System.Text;
using ClosureScan.Nar;

namespace ClosureScan.Samples;

/// <summary>An archive, entry by entry; contents that nobody reads are skipped.</summary>
public static class WalkNar
{
    public static async Task RunAsync(string file, TextWriter output, CancellationToken stop)
    {
        PipeReader pipe = PipeReader.Create(File.OpenRead(file));
        await foreach (NarEntry entry in NarReader.ReadAsync(pipe, stop))
        {
            string path = Encoding.UTF8.GetString(entry.Path.Span);
            if (entry.Kind == NarEntryKind.Symlink)
            {
                output.WriteLine($"{path} -> {Encoding.UTF8.GetString(entry.Target.Span)}");
            }
            else if (entry.Kind == NarEntryKind.File)
            {
                byte[] magic = new byte[4];
                int read = await entry.Contents.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, stop);
                output.WriteLine($"{path} {entry.Length} bytes{(magic.AsSpan(0, read).SequenceEqual("\u007fELF"u8) ? ", ELF" : "")}");
            }
        }

        await pipe.CompleteAsync();
    }
}
