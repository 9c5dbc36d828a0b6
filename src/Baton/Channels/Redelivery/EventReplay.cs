using System.Globalization;
using System.Text.Json;
using Baton.Channels.Events;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Storage.Outgoing;

namespace Baton.Channels.Redelivery;

/// <summary>
/// Sends events again that a program has lost, one or all since a time, under the ids that they had: a program that has
/// one knows it. Who did it is an event of the ledger.
/// </summary>
internal sealed class EventReplay(Database database, Outbox outbox, TimeProvider clock)
{
    /// <summary>Events that are sent again at once, at most: the rest needs another call with a later time.</summary>
    public const int Most = 10_000;

    private const string Stream = "operations/events";

    /// <summary>The newest events, newest first.</summary>
    public IReadOnlyList<SentEvent> Newest(int limit) => database.Read(connection =>
        Outbox.Newest(connection, EventKeeper.Channel, EventKeeper.KeyEnd, limit).ConvertAll(view =>
        {
            var ticket = EventKeeper.TicketOf(view.Message) ?? "";
            return new SentEvent(
                view.Id, EventKeeper.Read(connection, view.Message, ticket)?.Type ?? "", ticket, view.CreatedAt, State(view));
        }));

    /// <summary>All that were written at or after a moment; gives their number.</summary>
    public Task<int> SinceAsync(DateTimeOffset since, string by, CancellationToken cancellationToken) =>
        ReplayAsync(
            t => Outbox.Since(t, EventKeeper.Channel, EventKeeper.KeyEnd, since, Most), by, $"since {since:u}",
            cancellationToken);

    /// <summary>One of them; 0 when there is none, or it is on its way.</summary>
    public Task<int> OneAsync(long id, string by, CancellationToken cancellationToken) => ReplayAsync(
        t => Outbox.Find(t, id) is { } view && view.Message.Key.EndsWith(EventKeeper.KeyEnd, StringComparison.Ordinal)
            ? [view] : [],
        by, id.ToString(CultureInfo.InvariantCulture), cancellationToken);

    private Task<int> ReplayAsync(
        Func<WriteTransaction, IReadOnlyList<OutboxView>> find, string by, string what,
        CancellationToken cancellationToken) => database.WriteAsync(transaction =>
    {
        // What is on its way comes by itself.
        OutboxView[] again = [.. find(transaction).Where(view => view.NextAt is null)];
        foreach (var view in again) outbox.SendAgain(transaction, view, view.Message.Kind, byPerson: true);
        if (again.Length > 0)
            Ledger.Append(transaction, Stream, Ledger.Version(transaction, Stream), new NewEvent(
                "EventsReplayed", clock.GetUtcNow(), JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
                {
                    ["by"] = by, ["what"] = what, ["count"] = again.Length.ToString(CultureInfo.InvariantCulture),
                })));
        return again.Length;
    }, cancellationToken);

    private static string State(OutboxView view) => view switch
    {
        { NextAt: not null } => SentEvent.OnItsWay,
        { DeliveredAt: not null } => "delivered",
        { HeldAt: not null } => "held",
        _ => "not delivered",
    };
}

/// <summary>An event that was written for programs that follow.</summary>
/// <param name="State">In words: delivered, on its way, held, not delivered.</param>
internal sealed record SentEvent(long Id, string Type, string Ticket, DateTimeOffset At, string State)
{
    public const string OnItsWay = "on its way";
}
