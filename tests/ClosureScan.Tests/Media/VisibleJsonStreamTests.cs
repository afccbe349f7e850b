using System.Text;
using System.Text.Json;
using ClosureScan.Media;

namespace ClosureScan.Tests.Media;

/// <summary>That JSON hides nothing and says the same.</summary>
public sealed class VisibleJsonStreamTests
{
    private const string Text = "lib\u202egpj.exe\u2066 \u200f\u2028é 文 😀\ufeff";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(1000)]
    public void Text_that_hides_is_escaped_however_it_is_cut(int length)
    {
        using MemoryStream output = new();
        using VisibleJsonStream json = new(output);
        foreach (byte[] piece in Encoding.UTF8.GetBytes($"[\"{Text}\"]").Chunk(length))
        {
            json.Write(piece);
        }

        string written = Encoding.UTF8.GetString(output.ToArray());
        Assert.Equal("""["lib\u202egpj.exe\u2066 \u200f\u2028é 文 😀\ufeff"]""", written);
        Assert.Equal(Text, JsonDocument.Parse(written).RootElement[0].GetString());
    }
}
