using Baton.Conversations.Attachments;
using Baton.Conversations.RawTexts;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Playbooks.Keeping;
using Baton.Storage;
using Baton.Storage.Outgoing;
using Baton.Storage.Sealing;

namespace Baton.Audit.Keeping;

/// <summary>One kind of data, as it stands.</summary>
/// <param name="Kept">After the last close; null: until somebody erases it.</param>
/// <param name="Due">Tickets, or notices, whose time is over.</param>
/// <param name="RanAt">When it was last looked for; null: never.</param>
/// <param name="Erased">By the last run: messages, files, rows.</param>
internal sealed record KeptKind(RetentionKind Kind, TimeSpan? Kept, long Due, DateTimeOffset? RanAt, long Erased);

/// <summary>
/// Erases what was kept for its time: ticket after ticket in small transactions, so that nobody waits and it may be
/// interrupted. A ticket that came back to life counts from its next close.
/// </summary>
internal sealed class RetentionRun(
    Database database, PlaybookHost playbooks, Erasure erasure, IEnumerable<ErasedPlace> places)
{
    /// <summary>Who erases, for the record.</summary>
    public const string By = "retention";

    private const int Batch = 50;

    private DateTimeOffset Now => database.Clock.GetUtcNow();

    /// <summary>How every kind stands.</summary>
    public List<KeptKind> Look()
    {
        var (kept, now) = (playbooks.Current.Retention.Kept, Now);
        return database.Read(c => kept.Select(kind =>
        {
            var (after, ran, erased) = State(c, kind.Key);
            return new KeptKind(kind.Key, kind.Value, kind.Value is not { } time ? 0
                : kind.Key == RetentionKind.Notices ? Notices.ClosedBefore(c, now - time)
                : ClosedTickets.Count(c, now - time, after), ran, erased);
        }).ToList());
    }

    /// <summary>Erases all that is due; returns how many of each kind, and puts them on the record.</summary>
    public async Task<IReadOnlyDictionary<RetentionKind, long>> RunAsync(
        string by, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<RetentionKind, long>();
        foreach (var (kind, time) in playbooks.Current.Retention.Kept)
            if (time is { } kept)
                counts[kind] = await RunAsync(kind, Now - kept, cancellationToken).ConfigureAwait(false);
        await database.WriteAsync(transaction =>
        {
            foreach (var (kind, erased) in counts)
                transaction.Execute(
                    """
                    insert into retention_state (kind, through_ms, through_id, ran_at_ms, erased)
                    values ($1, 0, '', $2, $3)
                    on conflict (kind) do update set ran_at_ms = $2, erased = $3
                    """, EnumWords.Of(kind), SqlValue.Ms(Now), erased);
            AccessRecord.Append(transaction, Now, "RetentionRan", ("by", by),
                ("counts", string.Join(", ", counts.Select(c => $"{EnumWords.Of(c.Key)} {c.Value}"))));
        }, cancellationToken).ConfigureAwait(false);
        return counts;
    }

    private async Task<long> RunAsync(RetentionKind kind, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var total = 0L;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (kind == RetentionKind.Notices)
            {
                var removed = await database.WriteAsync(t => Notices.RemoveClosed(t, before, Batch), cancellationToken)
                    .ConfigureAwait(false);
                total += removed;
                if (removed < Batch) return total;
                continue;
            }
            var tickets = database.Read(c => ClosedTickets.Before(c, before, State(c, kind).After, Batch));
            if (tickets.Count == 0) return total;
            total += await EraseAsync(kind, tickets, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A batch, and how far it came: what was erased twice is erased once.</summary>
    private async Task<long> EraseAsync(
        RetentionKind kind, List<ClosedTicket> tickets, CancellationToken cancellationToken)
    {
        var erased = 0L;
        if (kind == RetentionKind.Messages)
            foreach (var ticket in tickets)
            {
                // Who came back meanwhile is as before: the ticket is looked at again after its next close.
                var (messages, files) = await erasure.ClearAsync(
                    ticket.Id, By, cancellationToken, t => ClosedTickets.IsStill(t, ticket)).ConfigureAwait(false);
                erased += messages + files;
            }
        return erased + await database.WriteAsync(transaction =>
        {
            var rows = 0L;
            transaction.Lock([.. tickets.Select(ticket => ticket.Id)]);
            foreach (var ticket in tickets)
                if (ClosedTickets.IsStill(transaction, ticket)) rows += Erase(transaction, kind, ticket.Id);
            transaction.Execute(
                """
                insert into retention_state (kind, through_ms, through_id, erased) values ($1, $2, $3, 0)
                on conflict (kind) do update set through_ms = $2, through_id = $3
                """, EnumWords.Of(kind), SqlValue.Ms(tickets[^1].ChangedAt), tickets[^1].Id);
            return rows;
        }, cancellationToken).ConfigureAwait(false);
    }

    private int Erase(WriteTransaction transaction, RetentionKind kind, string ticket) => kind switch
    {
        RetentionKind.Attachments => AttachmentRow.Erase(transaction, ticket),
        RetentionKind.Messages => 0,
        _ => places.Where(place => place.KeptAs == EnumWords.Of(kind))
            .Sum(place => place.Erase(transaction, new ErasedOwner(ticket, [ticket]))),
    };

    private static (ClosedTicket After, DateTimeOffset? RanAt, long Erased) State(
        ReadConnection connection, RetentionKind kind) => connection.Query(
        "select through_ms, through_id, ran_at_ms, erased from retention_state where kind = $1",
        row => (new ClosedTicket(row.Text(1), row.Time(0)), row.TimeOrNull(2), row.Int64(3)), EnumWords.Of(kind))
            is [var state] ? state : (new ClosedTicket("", DateTimeOffset.UnixEpoch), null, 0);
}
