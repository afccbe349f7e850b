using ClosureScan.Input;

namespace ClosureScan.Stores.Compression;

/// <summary>
/// A managed decoder, opened at the first read, and again while data follow: several compressed files one after the other are
/// one. Whatever decoders throw for damaged data, from ZstdException to IndexOutOfRangeException, becomes an
/// <see cref="InvalidDataException"/>. Owns its source.
/// </summary>
internal sealed class ManagedDecoderStream(Stream source, Func<WholeReads, Stream> open) : ForwardStream
{
    private readonly WholeReads _source = new(source);
    private Stream? _decoder;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            _decoder ??= _source.HasMore() ? open(_source) : throw new InvalidDataException("the compressed data are cut off: there are none");
            int count;
            while ((count = _decoder.Read(buffer)) == 0 && !buffer.IsEmpty && _source.HasMore())
            {
                _decoder.Dispose();
                _decoder = open(_source);
            }

            return count;
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder?.Dispose();
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool IsDamage(Exception exception) => exception is
        EndOfStreamException or InvalidOperationException or OverflowException or ArgumentException or IndexOutOfRangeException
        or NotSupportedException or ZstdSharp.ZstdException or SharpCompress.Common.SharpCompressException;
}
