using Baton.Privacy;
using Baton.Storage;

namespace Baton.Conversations.Verdicts;

/// <summary>Takes what customers say of their tickets.</summary>
internal sealed class RatingDesk(ConversationStore store, Redactor redactor, ConversationFeed feed, TimeProvider clock)
{
    /// <summary>Why it is not taken, or null when it is. The ticket must be there.</summary>
    /// <param name="remark">As the customer wrote it: the raw text goes to the message table alone.</param>
    public async Task<string?> RateAsync(string id, int stars, string? remark, CancellationToken cancellationToken)
    {
        remark = string.IsNullOrWhiteSpace(remark) ? null : remark.Trim();
        while (true)
        {
            var (state, at) = (store.Load(id), clock.GetUtcNow());
            if (Ratings.Problem(state.Tally, stars, remark, at, out var changes) is { } problem) return problem;
            if (!changes) return null;
            var placeholders = store.Database.Read(c => MessageRows.Placeholders(c, id));
            var known = placeholders.Count;
            var redacted = remark is null ? null : redactor.Redact(remark, placeholders).Text;
            var brought = placeholders.Count > known ? placeholders.ToJson(known) : null;
            var fact = new ConversationEvent.Rated(stars, redacted);
            var saved = await store.Database.WriteAsync(transaction =>
            {
                var now = store.Save(transaction, state, [fact], at);
                if (now is not null && remark is not null) Keep(transaction, state, (remark, redacted), brought, at);
                return now;
            }, cancellationToken);
            if (saved is null) continue;
            store.Remember(saved);
            feed.Publish(id, fact);
            return null;
        }
    }

    private static void Keep(
        WriteTransaction transaction, Conversation state, (string Raw, string? Redacted) remark, string? placeholders,
        DateTimeOffset at) =>
        MessageRows.Insert(transaction, new MessageRow
        {
            Id = $"{state.Id}/remark", ConversationId = state.Id, Position = MessageRows.RemarkPosition,
            Channel = state.Channel, Author = Author.Customer, Body = remark.Raw, Redacted = remark.Redacted,
            CustomerId = state.CustomerId, Placeholders = placeholders, ReceivedAt = at,
        });
}
