using System.Net;
using ClosureScan.Stores.S3;

namespace ClosureScan.Stores.Tests.S3;

public sealed class S3Tests
{
    [Theory]
    [InlineData("s3://cache", "https://cache.s3.us-east-1.amazonaws.com/")]
    [InlineData("s3://cache/", "https://cache.s3.us-east-1.amazonaws.com/")]
    [InlineData("s3://cache/a/b?region=eu-west-1", "https://cache.s3.eu-west-1.amazonaws.com/a/b/")]
    [InlineData("s3://my.cache?region=eu-west-1", "https://s3.eu-west-1.amazonaws.com/my.cache/")]
    [InlineData("s3://cache?addressing-style=path", "https://s3.us-east-1.amazonaws.com/cache/")]
    [InlineData("s3://cache?endpoint=minio.example:9000", "https://minio.example:9000/cache/")]
    [InlineData("s3://cache/p?endpoint=minio.example&scheme=http", "http://minio.example/cache/p/")]
    [InlineData("s3://cache?endpoint=http://127.0.0.1:9000/", "http://127.0.0.1:9000/cache/")]
    [InlineData("s3://cache?endpoint=https://minio.example&addressing-style=virtual", "https://cache.minio.example/")]
    public void A_bucket_lies_where_Nix_looks_for_it(string uri, string address) =>
        Assert.Equal(address, S3Location.Parse(StoreUri.Parse(uri)).Base.ToString());

    [Theory]
    [InlineData("s3://")]
    [InlineData("s3:///key")]
    [InlineData("s3://cache?addressing-style=other")]
    [InlineData("s3://cache?scheme=ftp")]
    [InlineData("s3://cache?endpoint=ftp://x")]
    public void What_names_no_bucket_is_refused(string uri) => Assert.Throws<StoreUriException>(() => S3Location.Parse(StoreUri.Parse(uri)));

    [Fact]
    public async Task A_request_is_signed_as_in_Amazons_own_example()
    {
        // "Example: GET Object" of the S3 API reference, with its made-up key.
        S3Location location = new() { Base = new Uri("https://examplebucket.s3.amazonaws.com/"), Region = "us-east-1" };
        S3Credentials credentials = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null);
        Recorder recorder = new();
        using HttpMessageInvoker client = new(new SigningHandler(recorder, location, credentials, new At(new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero))));
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(location.Base, "test.txt"));
        request.Headers.Range = new System.Net.Http.Headers.RangeHeaderValue(0, 9);

        using HttpResponseMessage response = await client.SendAsync(request, Scanning.Token);

        Assert.EndsWith(
            "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
            recorder.Authorization,
            StringComparison.Ordinal);

        using HttpRequestMessage elsewhere = new(HttpMethod.Get, "https://other.example/test.txt");
        using HttpResponseMessage unsigned = await client.SendAsync(elsewhere, Scanning.Token);
        Assert.Equal("", recorder.Authorization);
    }

    [Fact]
    public void Credentials_come_from_the_environment_or_a_profile_or_are_none()
    {
        string home = Directory.CreateTempSubdirectory("closurescan-aws-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(home, ".aws"));
            File.WriteAllText(Path.Combine(home, ".aws", "credentials"), "[default]\naws_access_key_id = A\naws_secret_access_key=B\n# [no]\n[team]\naws_access_key_id=C\naws_secret_access_key=D\naws_session_token=E\n");
            File.WriteAllText(Path.Combine(home, ".aws", "config"), "[profile sso]\nsso_start_url = https://x\n[profile empty]\nregion = x\n");
            S3Credentials? Find(string? profile, params IEnumerable<(string Name, string Value)> variables)
            {
                Dictionary<string, string> all = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
                all.TryAdd("HOME", home);
                return S3Credentials.Find(profile, all.GetValueOrDefault);
            }

            Assert.Equal(new S3Credentials("A", "B", null), Find(null));
            Assert.Equal(new S3Credentials("C", "D", "E"), Find("team"));
            Assert.Equal(new S3Credentials("C", "D", "E"), Find(null, ("AWS_PROFILE", "team")));
            Assert.Equal(new S3Credentials("X", "Y", null), Find(null, ("AWS_ACCESS_KEY_ID", "X"), ("AWS_SECRET_ACCESS_KEY", "Y")));
            Assert.Equal(new S3Credentials("C", "D", "E"), Find("team", ("AWS_ACCESS_KEY_ID", "X"), ("AWS_SECRET_ACCESS_KEY", "Y")));
            Assert.Null(Find(null, ("HOME", "/nowhere")));
            Assert.Contains("SSO", Assert.Throws<StoreException>(() => Find("sso")).Message, StringComparison.Ordinal);
            Assert.Contains("no keys", Assert.Throws<StoreException>(() => Find("empty")).Message, StringComparison.Ordinal);
            Assert.Contains("no profile", Assert.Throws<StoreException>(() => Find("gone")).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public string Authorization { get; private set; } = "";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Authorization = request.Headers.TryGetValues("Authorization", out IEnumerable<string>? values) ? values.First() : "";
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent));
        }
    }

    private sealed class At(DateTimeOffset time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time;
    }
}
