using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;
using Baton.Conversations.Replies;
using Baton.Conversations.Tickets;
using Baton.Conversations.Verdicts;
using Baton.Playbooks;
using Baton.Privacy;
using Baton.Storage.Events;

namespace Baton.Conversations;

/// <summary>Carries out what people do with conversations.</summary>
internal sealed class Inbox(
    ConversationStore store, PlaybookHost playbooks, Redactor redactor, ReplyDesk replies, RatingAsk ratings,
    ConversationFeed feed, IntakeOptions intake, TimeProvider clock)
{
    private static readonly Redactor Names = new(RedactionProfile.Actors);

    /// <summary>The same without files.</summary>
    public Task<(bool Found, string? Problem)> ActAsync(
        string id, Func<string, string, PersonAction> action, Acting acting, string? text,
        CancellationToken cancellationToken) => ActAsync(id, action, acting, text, [], cancellationToken);

    /// <summary>Does it, or says why not. Null when there is no such ticket.</summary>
    /// <param name="acting">Who, and on which version: of two who saw the same one, the second is told.</param>
    /// <param name="text">The raw text of a reply; otherwise null.</param>
    /// <param name="files">What goes with the reply: all of it, or nothing is sent.</param>
    public async Task<(bool Found, string? Problem)> ActAsync(
        string id, Func<string, string, PersonAction> action, Acting acting, string? text,
        IReadOnlyList<InboundAttachment> files, CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = store.Load(id);
            if (state.Version == 0) return (false, null);
            var kept = AttachmentRules.Rows(id, state.Messages + 1, files, intake.Attachments);
            if (kept.FirstOrDefault(f => f.NotStored is not null) is { } bad)
                return (true, $"file {bad.Name} cannot be sent: {bad.NotStored}");
            var messageId = $"{id}/{state.Messages + 1}";
            var placeholders = store.Database.Read(c => MessageRows.Placeholders(c, id));
            var known = placeholders.Count;
            var redacted = text is null ? "" : redactor.Redact(text, placeholders).Text;
            var brought = placeholders.Count > known ? placeholders.ToJson(known) : null;
            placeholders.Close();
            var wanted = Redacted(action(messageId, redacted), placeholders);
            var by = Names.Redact(acting.By, placeholders).Text;
            if (ActingCheck.Problem(state, acting, by, Since(state, acting)) is { } late) return (true, late);
            var (facts, problem) = PersonActions.Decide(state, wanted, by);
            if ((problem ?? UnknownQueue(wanted)) is { } why) return (true, why);
            var asked = ratings.Of(state, facts);
            if (asked is not null) facts = [.. facts, asked];
            var at = clock.GetUtcNow();
            var saved = await store.Database.WriteAsync(transaction =>
            {
                var now = store.Save(transaction, state, facts, at);
                if (now is null) return null;
                if (text is not null) ReplyDesk.Keep(transaction, state, messageId, (text, redacted), brought, at);
                foreach (var file in kept) file.Insert(transaction);
                replies.Follow(transaction, state, facts, at);
                if (asked is not null) ratings.Say(transaction, state, asked, at);
                return now;
            }, cancellationToken);
            if (saved is null) continue;
            store.Remember(saved);
            foreach (var fact in facts) feed.Publish(id, fact);
            return (true, null);
        }
    }

    /// <summary>Sends, changes or drops the draft that waits on a ticket. Null problem: done.</summary>
    /// <param name="text">The raw text to send instead; null sends the draft as it is.</param>
    /// <param name="waits">How long it can be taken back.</param>
    public async Task<(bool Found, string? Problem)> DraftAsync(
        string id, bool discards, string? text, Acting acting, CancellationToken cancellationToken,
        TimeSpan waits = default)
    {
        var state = store.Load(id);
        if (state.Version == 0) return (false, null);
        if (state.Draft is not { Turn: var turn, Text: var draft })
            return (true, ActingCheck.Problem(state, acting, acting.By, Since(state, acting)) ?? PersonActions.NoDraft);
        if (discards)
            return await ActAsync(id, (_, _) => new PersonAction.DiscardDraft(turn), acting, null, cancellationToken);
        var written = Restored(id, draft);
        var sent = text ?? written;
        return await ActAsync(
            id, (message, redacted) =>
                new PersonAction.SendDraft(message, redacted, turn, Changed: sent != written, LeavesAt(waits)), acting,
            sent, cancellationToken);
    }

    /// <summary>When a reply leaves that can be taken back for a time; null: at once.</summary>
    public DateTimeOffset? LeavesAt(TimeSpan waits) => waits > TimeSpan.Zero ? clock.GetUtcNow() + waits : null;

    /// <summary>A text of the record with the real values back in, for people.</summary>
    public string Restored(string id, string text) => !text.Contains('[', StringComparison.Ordinal) ? text
        : store.Database.Read(c => MessageRows.Placeholders(c, id)).Restore(text);

    /// <summary>What happened after the version that was seen.</summary>
    private List<ConversationEvent> Since(Conversation state, Acting acting) => acting.Seen >= state.Version
        || acting.Seen is not { } seen ? []
        : store.Database.Read(connection => Ledger.Read(connection, state.Id, seen + 1))
            .ConvertAll(stored => ConversationJson.Read(stored.Type, stored.Data.Span));

    private PersonAction Redacted(PersonAction action, Placeholders placeholders) => action switch
    {
        PersonAction.Reroute reroute => reroute with { Why = redactor.Redact(reroute.Why, placeholders).Text },
        PersonAction.Close close => close with { Why = redactor.Redact(close.Why, placeholders).Text },
        _ => action,
    };

    /// <summary>A queue that the playbook does not have is nobody's: the ticket would be lost in it.</summary>
    private string? UnknownQueue(PersonAction action)
    {
        if (action is not PersonAction.Reroute { Queue: var queue }) return null;
        var playbook = playbooks.Current;
        return playbook.FindQueue(queue) is null
            ? $"there is no queue '{queue}'{Suggestion.Hint(queue, [.. playbook.Queues.Select(q => q.Name)])}"
            : null;
    }
}
