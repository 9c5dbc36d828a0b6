using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Baton.People.Inboxes.Pulse;
using Baton.Storage.Events;

namespace Baton.Server.Pages.Inboxes.Live;

/// <summary>
/// What an open page hears: <c>change</c> with the tickets, <c>all</c> when it is too much to tell, and a <c>minute</c>
/// for clocks, which move without events. The id of each is a place in the ledger, so that a page that was away hears
/// what it missed.
/// </summary>
internal static class DeskStream
{
    /// <summary>A page asks again after this long: sessions end, and roles change.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>A page that lost its stream waits so long before it asks again.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    /// <param name="last">What the page heard last; null: it has just been loaded.</param>
    public static async IAsyncEnumerable<SseItem<string>> Of(
        InboxPulse pulse, InboxPulse.Watch watch, LedgerPlace? last, TimeProvider clock,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var open = watch;
        // The first word says that the stream is there, and from where on it tells.
        yield return last is { } place ? Item(pulse.Since(place)) : Item(new InboxChange(pulse.Head(), [], []));
        var (started, minute) = (clock.GetTimestamp(), clock.GetTimestamp());
        while (clock.GetElapsedTime(started) < Longest)
        {
            var left = Minute - clock.GetElapsedTime(minute);
            if (left > TimeSpan.Zero && await NextAsync(watch, left, clock, cancellationToken))
            {
                while (watch.Changes.TryRead(out var change)) yield return Item(change);
                continue;
            }
            minute = clock.GetTimestamp();
            yield return new SseItem<string>("", "minute");
        }
    }

    private static SseItem<string> Item(InboxChange change) => new(
        new JsonObject { ["tickets"] = Names(change.Tickets), ["listed"] = Names(change.Listed) }.ToJsonString(),
        change.IsAll ? "all" : "change")
    {
        EventId = change.Place.ToString(), ReconnectionInterval = Again,
    };

    private static JsonArray Names(IEnumerable<string> ids) => new([.. ids.Select(id => (JsonNode)id)]);

    /// <summary>Whether something came before the time was over.</summary>
    private static async Task<bool> NextAsync(
        InboxPulse.Watch watch, TimeSpan time, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(time, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            return await watch.Changes.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
