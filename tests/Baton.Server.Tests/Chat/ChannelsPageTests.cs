using System.Net;
using System.Net.Http.Json;
using Baton.People;
using Baton.Server.Tests.Accounts;

namespace Baton.Server.Tests.Chat;

/// <summary>The page of channels, for admins.</summary>
public sealed class ChannelsPageTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_every_channel_with_its_state_and_how_delivery_goes()
    {
        using var api = server.Api();
        using var answer = await api.PostAsJsonAsync("/api/tickets?wait=30s", new
        {
            id = "channels-page", body = "I want to speak to a person, please.",
        }, Token);
        using var admin = await AdminAsync();

        var page = await admin.GetStringAsync("/channels", Token);

        foreach (var name in (string[])["chat", "webhook", "api"])
            Assert.Contains($"data-channel=\"{name}\"", page, StringComparison.Ordinal);
        Assert.Contains("BATON__Channels__Webhook__Secrets is not set", page, StringComparison.Ordinal);
        Assert.Contains("Last message in", page, StringComparison.Ordinal);
        Assert.Contains("95 of 100", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tests_a_channel_and_says_which_step_failed()
    {
        using var admin = await AdminAsync();

        using var tested = await admin.PostFormAsync(
            "/channels", "/channel-test", new() { ["channel"] = "webhook" }, Token);
        using var nothing = await admin.PostFormAsync(
            "/channels", "/channel-test", new() { ["channel"] = "pigeon" }, Token);

        var page = await tested.Content.ReadAsStringAsync(Token);
        Assert.Contains("A step failed.", page, StringComparison.Ordinal);
        Assert.Contains("read the settings", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    private async Task<HttpClient> AdminAsync() =>
        await server.SignedInAsync(await server.PersonAsync(PersonRole.Admin, Token), Token);
}
