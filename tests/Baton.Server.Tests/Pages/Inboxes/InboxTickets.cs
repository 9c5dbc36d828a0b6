using System.Net.Http.Json;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.Replies;
using Baton.Storage;
using Baton.Storage.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Pages.Inboxes;

/// <summary>Tickets that people have to work on, for tests of the inbox.</summary>
internal static class InboxTickets
{
    /// <summary>A ticket of somebody who asks for a person.</summary>
    public static async Task EscalatedAsync(this ServerFixture server, string id, CancellationToken cancellationToken)
    {
        using var api = server.Api();
        using var answer = await api.PostAsJsonAsync("/api/tickets?wait=30s", new
        {
            id, customer = new { id = "c-" + id, tier = "pro" },
            body = "I want to speak to a person, please, my address is robin@example.com.",
        }, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Something else that happened to a ticket.</summary>
    public static async Task HappenAsync(
        this ServerFixture server, string id, ConversationEvent fact, CancellationToken cancellationToken)
    {
        var store = server.Services.GetRequiredService<ConversationStore>();
        var before = store.Load(id);
        store.Remember((await store.Database.WriteAsync(
            t => store.Save(t, before, [fact], TimeProvider.System.GetUtcNow()), cancellationToken))!);
    }

    public static Task DraftAsync(
        this ServerFixture server, string id, string text, CancellationToken cancellationToken) =>
        server.HappenAsync(id, new ConversationEvent.DraftWritten(
            1, text, "article", [new Citation("returns", "Returns", "How long you have", text)], 0.61),
            cancellationToken);

    /// <summary>Lets a reply leave as its timer would.</summary>
    public static Task LeaveAsync(this ServerFixture server, string id, CancellationToken cancellationToken)
    {
        var unsent = server.Services.GetRequiredService<ConversationStore>().Load(id).Unsent;
        return unsent is null ? Task.CompletedTask : server.Services.GetRequiredService<ReplyDesk>()
            .LeaveAsync(id, unsent.Written.MessageId, cancellationToken);
    }

    /// <summary>What happened to a ticket, of one kind.</summary>
    public static IReadOnlyList<T> Facts<T>(this ServerFixture server, string id) where T : ConversationEvent =>
    [
        .. server.Services.GetRequiredService<Database>().Read(c => Ledger.Read(c, id))
            .Select(e => ConversationJson.Read(e.Type, e.Data.Span)).OfType<T>(),
    ];
}
