namespace Baton.Tests.Gateway.Endpoint;

public sealed class UnknownPathTests
{
    [Theory]
    [InlineData("responses", true, 404), InlineData("completions", true, 404), InlineData("a/b/c", true, 404)]
    [InlineData("/chat/completions", true, 404), InlineData("/chat/completions", false, 401)]
    [InlineData("responses", false, 401), InlineData("chat/completions", false, 401)]
    public async Task A_path_that_is_not_there_is_404_with_a_good_key_and_401_without(
        string path, bool good, int status)
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await using var host = await EndpointHost.StartAsync(fixture);

        var (answered, body) = await host.PostAsync(path, "{}", good ? await host.Key() : "bk_none");

        Assert.Equal(status, answered);
        Assert.Contains("\"error\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_an_open_breaker_the_endpoint_says_503_and_when_to_come_back()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await using var host = await EndpointHost.StartAsync(fixture);
        await fixture.One.DisposeAsync();
        var secret = await host.Key();
        List<int> answered = [];
        var said = "";
        for (var i = 0; i < 4; i++)
        {
            var body = $$"""{"model":"small","messages":[{"role":"user","content":"question {{i}}"}]}""";
            (var status, said) = await host.PostAsync("chat/completions", body, secret);
            answered.Add(status);
        }

        Assert.Equal([502, 502, 502, 503], answered);
        Assert.Contains("will be tried again in", said, StringComparison.Ordinal);
    }
}
