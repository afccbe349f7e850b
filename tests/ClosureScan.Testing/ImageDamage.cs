using System.Globalization;

namespace ClosureScan.Testing;

/// <summary>Makes damaged images of a whole one. Mostly what is no zero is damaged: images are full of those, and nobody reads them.</summary>
public sealed class ImageDamage(byte[] image)
{
    private readonly int[] _used = [.. Enumerable.Range(0, image.Length).Where(index => image[index] != 0)];

    /// <summary>How many of each are tried: CLOSURESCAN_FUZZ_CASES, or two thousand.</summary>
    public static int Cases { get; } = int.Parse(Environment.GetEnvironmentVariable("CLOSURESCAN_FUZZ_CASES") ?? "2000", CultureInfo.InvariantCulture);

    /// <summary>Makes a damaged image, the same for the same seed: an eighth of them cut off, one to five bytes of each changed.</summary>
    public byte[] Make(int seed)
    {
        Random random = new(seed);
        byte[] damaged = random.Next(8) == 0 ? image[..random.Next(image.Length)] : [.. image];
        for (int change = random.Next(1, 6); change > 0 && damaged.Length > 0; change--)
        {
            int place = random.Next(4) == 0 ? random.Next(damaged.Length) : Math.Min(damaged.Length - 1, _used[random.Next(_used.Length)] + random.Next(4));
            damaged[place] = random.Next(4) switch
            {
                0 => 0,
                1 => 0xff,
                2 => (byte)(damaged[place] ^ (1 << random.Next(8))),
                _ => (byte)random.Next(256),
            };
        }

        return damaged;
    }
}
