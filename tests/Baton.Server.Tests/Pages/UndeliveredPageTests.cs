using System.Net.Http.Json;
using Baton.Conversations;
using Baton.Storage.Outgoing;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Pages;

/// <summary>What the console shows of texts that did not arrive.</summary>
public sealed class UndeliveredPageTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_on_the_ticket_that_a_text_was_not_delivered_until_it_was()
    {
        using var api = server.Api();
        using var sent = await api.PostAsJsonAsync("/api/tickets?wait=10s",
            new { id = "undelivered-1", body = "Where is my order NW-10003?" }, Token);
        await AppendAsync(new ConversationEvent.DeliveryFailed("undelivered-1/2", "webhook", "gave_up",
            "answered <503>"));
        using var visitor = await server.VisitorAsync(Token);
        var page = await visitor.GetStringAsync("/tickets/undelivered-1", Token);
        await AppendAsync(new ConversationEvent.DeliveryRecovered("undelivered-1/2", "webhook"));
        var after = await visitor.GetStringAsync("/tickets/undelivered-1", Token);

        Assert.Contains("data-undelivered=\"undelivered-1/2\"", page, StringComparison.Ordinal);
        Assert.Contains("answered &lt;503&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-undelivered", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_open_notices_above_the_list()
    {
        var (store, notices) =
            (server.Services.GetRequiredService<ConversationStore>(), server.Services.GetRequiredService<Notices>());
        await store.Database.WriteAsync(t => notices.Raise(t, new Notice
        {
            To = "operators", Urgency = NoticeUrgency.High, Group = "page-test",
            Title = "Channel <b> does not deliver", Text = "Look.",
        }));
        using var visitor = await server.VisitorAsync(Token);
        var page = await visitor.GetStringAsync("/tickets", Token);
        await store.Database.WriteAsync(t => notices.Close(t, "page-test"));
        var after = await visitor.GetStringAsync("/tickets", Token);

        Assert.Contains("data-notice=\"page-test\"", page, StringComparison.Ordinal);
        Assert.Contains("Channel &lt;b&gt; does not deliver", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-notice=\"page-test\"", after, StringComparison.Ordinal);
    }

    private async Task AppendAsync(ConversationEvent fact)
    {
        var store = server.Services.GetRequiredService<ConversationStore>();
        var before = store.Load("undelivered-1");
        store.Remember((await store.Database.WriteAsync(t =>
            store.Save(t, before, [fact], TimeProvider.System.GetUtcNow())))!);
    }
}
