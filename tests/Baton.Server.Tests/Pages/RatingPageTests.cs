using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Verdicts;
using Baton.Operations.Links;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Pages;

/// <summary>The page behind a rating link, as a customer's browser gets it, and the same for programs.</summary>
public sealed class RatingPageTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ConversationStore Store => server.Services.GetRequiredService<ConversationStore>();

    [Fact]
    public async Task Changes_nothing_when_opened_and_takes_a_step_and_a_remark_by_its_button()
    {
        var id = await AnsweredAsync("rated-1");
        using var customer = server.Stranger();
        var path = Link(id);

        using var opened = await customer.GetAsync(path, Token);
        var page = await opened.Content.ReadAsStringAsync(Token);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        Assert.Equal(5, page.Split("type=\"radio\"").Length - 1);
        Assert.Contains("default-src 'none'", opened.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal);
        Assert.Null(Store.Load(id).LastRating);

        using var none = await SendAsync(customer, path, "", "");
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        using var torn = new StringContent("stars=2");
        torn.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } };
        using var broken = await customer.PostAsync(path, torn, Token);
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        using var sent = await SendAsync(customer, path, "2", "Too slow.");
        Assert.Contains("We have your rating", await sent.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(new ConversationEvent.Rated(2, "Too slow."), Store.Load(id).Tally.Rating);

        using var again = await SendAsync(customer, path, "5", "");
        Assert.Contains("no longer be rated", await again.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(2, Store.Load(id).LastRating);
    }

    [Fact]
    public async Task Is_not_found_with_a_token_of_another_purpose()
    {
        var id = await AnsweredAsync("rated-2");
        using var customer = server.Stranger();

        using var answer = await SendAsync(
            customer, Link(id, "solved").Replace("/solved/", "/rate/", StringComparison.Ordinal), "5", "");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Programs_rate_and_read_the_verdict()
    {
        var id = await AnsweredAsync("rated-3");
        using var api = server.Api();

        using var sent = await api.PostAsJsonAsync(
            $"/api/tickets/{id}/rating", new { rating = "amazing", remark = "Thanks!" }, Token);
        Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        using var late = await api.PostAsJsonAsync($"/api/tickets/{id}/rating", new { rating = 1 }, Token);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);

        var rating = JsonDocument.Parse(await api.GetStringAsync($"/api/tickets/{id}", Token)).RootElement.GetProperty(
            "rating");
        Assert.Equal(
            (5, "amazing", "Thanks!"),
            (rating.GetProperty("stars").GetInt32(), rating.GetProperty("step").GetString(),
                rating.GetProperty("remark").GetString()));
        var csat = JsonDocument.Parse(
            await api.GetStringAsync("/api/insights/figures/satisfied?by=all", Token)).RootElement;
        Assert.True(csat.GetProperty("lines")[0].GetProperty("n").GetInt32() >= 1);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient customer, string path, string stars, string remark) =>
        customer.PostAsync(path, new FormUrlEncodedContent([new("stars", stars), new("remark", remark)]), Token);

    private string Link(string id, string purpose = RatingLinks.Purpose) => new SignedLinks(
        server.Services.GetRequiredService<IDataProtectionProvider>(), new PublicAddress(server.Address),
        TimeProvider.System).Make(purpose, id, TimeSpan.FromDays(1)).AbsolutePath;

    /// <summary>A ticket that has been answered.</summary>
    private async Task<string> AnsweredAsync(string id)
    {
        using var api = server.Api();
        using var sent = await api.PostAsJsonAsync(
            "/api/tickets?wait=10s", new { id, body = "Let me talk to a human please." }, Token);
        var before = Store.Load(id);
        Store.Remember((await Store.Database.WriteAsync(
            t => Store.Save(t, before, [new ConversationEvent.ReplySent(1, "m", "Yes.", "articles", [])],
                TimeProvider.System.GetUtcNow()),
            Token))!);
        return id;
    }
}
