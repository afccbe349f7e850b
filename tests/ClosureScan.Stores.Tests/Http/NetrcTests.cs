using ClosureScan.Stores.Http;

namespace ClosureScan.Stores.Tests.Http;

public sealed class NetrcTests
{
    [Theory]
    [InlineData("machine a login u password p", "a", "u", "p")]
    [InlineData("machine a\n  login u\n  password p\nmachine b login v password q", "b", "v", "q")]
    [InlineData("machine a password token", "A", "", "token")]
    [InlineData("machine a login \"u x\" password \"p # q\"", "a", "u x", "p # q")]
    [InlineData("machine b login v password q default login d password e", "a", "d", "e")]
    [InlineData("# machine a login no password no\nmachine a login u password p", "a", "u", "p")]
    [InlineData("macdef init\nmachine a login no password no\n\nmachine a login u password p", "a", "u", "p")]
    [InlineData("machine a login u account x password p\nmachine a login later password later", "a", "u", "p")]
    public void A_login_is_found_by_its_host(string text, string host, string user, string password) =>
        Assert.Equal((user, password), Netrc.Parse(text).Find(host));

    [Theory]
    [InlineData("")]
    [InlineData("machine")]
    [InlineData("machine b login")]
    [InlineData("login u password p")]
    public void Without_one_there_is_none(string text) => Assert.Null(Netrc.Parse(text).Find("a"));

    [Fact]
    public void The_login_of_an_address_goes_to_its_origin_alone()
    {
        HttpLogins logins = new(new Uri("https://u:p%40@cache.example/x"), Netrc.Parse("machine other.example login v password q"));
        Assert.Equal("dTpwQA==", logins.Find(new Uri("https://cache.example/nar/y"))!.Parameter);
        Assert.Equal("djpx", logins.Find(new Uri("https://other.example/nar/y"))!.Parameter);
        Assert.Null(logins.Find(new Uri("http://cache.example/nar/y")));
        Assert.Null(logins.Find(new Uri("https://cache.example:444/nar/y")));
        Assert.Null(logins.Find(new Uri("https://third.example/")));
    }
}
