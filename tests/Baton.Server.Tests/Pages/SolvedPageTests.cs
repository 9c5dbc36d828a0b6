using System.Net;
using System.Net.Http.Json;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.Solving;
using Baton.Operations.Links;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Pages;

/// <summary>The page behind a <em>this solved it</em> link, as a customer's browser gets it.</summary>
public sealed class SolvedPageTests(ServerFixture server)
{
    [Fact]
    public async Task Changes_nothing_when_opened_and_closes_by_its_button()
    {
        var cancel = TestContext.Current.CancellationToken;
        var id = await OfferedAsync("solved-1", cancel);
        using var customer = server.Stranger();
        var path = Link(id, TimeSpan.FromDays(1));

        using var opened = await customer.GetAsync(path, cancel);
        var page = await opened.Content.ReadAsStringAsync(cancel);

        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        Assert.Contains("<form method=\"post\">", page, StringComparison.Ordinal);
        Assert.Equal("no-store", opened.Headers.CacheControl?.ToString());
        Assert.Equal(["no-referrer"], opened.Headers.GetValues("Referrer-Policy"));
        Assert.Contains("default-src 'none'", opened.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal);
        Assert.Equal(ConversationStatus.Escalated, Store.Load(id).Status);

        using var pressed = await customer.PostAsync(path, null, cancel);

        Assert.Contains("Your request is closed", await pressed.Content.ReadAsStringAsync(cancel),
            StringComparison.Ordinal);
        Assert.Equal(ConversationStatus.Closed, Store.Load(id).Status);
    }

    [Fact]
    public async Task Is_not_found_with_a_token_that_is_not_ours_or_over()
    {
        var cancel = TestContext.Current.CancellationToken;
        var id = await OfferedAsync("solved-2", cancel);
        using var customer = server.Stranger();
        foreach (var path in (
            string[])["/solved/abc", Link(id, TimeSpan.FromDays(-1)), Link(id, TimeSpan.FromDays(1), "rate")])
        {
            using var answer = await customer.PostAsync(
                path.Replace("/rate/", "/solved/", StringComparison.Ordinal), null, cancel);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        Assert.Equal(ConversationStatus.Escalated, Store.Load(id).Status);
    }

    private ConversationStore Store => server.Services.GetRequiredService<ConversationStore>();

    private string Link(string id, TimeSpan life, string purpose = SolvedLinks.Purpose) =>
        new SignedLinks(
            server.Services.GetRequiredService<IDataProtectionProvider>(), new PublicAddress(server.Address),
            TimeProvider.System).Make(purpose, $"1 1 {id}", life).AbsolutePath;

    /// <summary>A ticket with a person on the way and a passage beside the promise.</summary>
    private async Task<string> OfferedAsync(string id, CancellationToken cancellationToken)
    {
        using var api = server.Api();
        using var sent = await api.PostAsJsonAsync(
            "/api/tickets?wait=10s", new { id, body = "Let me talk to a human please." }, cancellationToken);
        var before = Store.Load(id);
        ConversationEvent[] facts =
            [new ConversationEvent.OfferMade(1, [new Offer("returns", "Returns", "How long", "60 days.", 0.8)])];
        Store.Remember((await Store.Database.WriteAsync(
            t => Store.Save(t, before, facts, TimeProvider.System.GetUtcNow()), cancellationToken))!);
        return id;
    }
}
