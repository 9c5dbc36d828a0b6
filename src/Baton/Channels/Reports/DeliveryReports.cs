using Baton.Storage;
using Baton.Storage.Outgoing;

namespace Baton.Channels.Reports;

/// <summary>How delivery goes, by channel: of the newest texts, so that it costs the same however many.</summary>
internal static class DeliveryReports
{
    /// <summary>Texts that are looked at, of all channels together.</summary>
    public const int Texts = 5_000;

    /// <summary>Tickets that are looked at for the last message that came in.</summary>
    private const int Tickets = 2_000;

    private const double Half = 0.5, MostOf = 0.95;

    /// <summary>A report for each channel that has sent or received something lately, by name.</summary>
    public static IReadOnlyDictionary<string, DeliveryReport> Read(ReadConnection connection)
    {
        var came = LastIn(connection);
        var sent = Outbox.Newest(connection, Texts).ToLookup(s => s.Kind);
        return sent.Select(kind => kind.Key).Union(came.Keys)
            .ToDictionary(channel => channel, channel => Of([.. sent[channel]], came.GetValueOrDefault(channel)));
    }

    private static DeliveryReport Of(IReadOnlyList<SentText> texts, DateTimeOffset? lastIn)
    {
        double[] took = [.. texts.Where(t => t.DeliveredAt is not null)
            .Select(t => (t.DeliveredAt!.Value - t.CreatedAt).TotalMilliseconds).Order()];
        return new DeliveryReport
        {
            LastIn = lastIn,
            LastOut = texts.Max(t => t.DeliveredAt),
            Delivered = took.Length,
            HalfWithin = At(took, Half),
            MostWithin = At(took, MostOf),
            Held = texts.Count(t => t.HeldAt is not null),
            Waiting = texts.Count(t => t is { DeliveredAt: null, GaveUpAt: null, HeldAt: null }),
            Failures =
            [
                .. texts.Where(t => t.GaveUpAt is not null).GroupBy(t => (t.IsRefused, Why: t.Error ?? ""))
                    .Select(g => new DeliveryFailure(g.Key.IsRefused ? "refused" : "gave up", g.Key.Why, g.Count()))
                    .OrderByDescending(f => f.Count).ThenBy(f => f.Why, StringComparer.Ordinal),
            ],
        };
    }

    /// <summary>The smallest time within which so large a share was accepted.</summary>
    private static TimeSpan? At(double[] ordered, double share) => ordered.Length == 0 ? null
        : TimeSpan.FromMilliseconds(ordered[Math.Max(0, (int)Math.Ceiling(share * ordered.Length) - 1)]);

    private static Dictionary<string, DateTimeOffset?> LastIn(ReadConnection connection) => connection.Query(
        """
        select c.channel, max(m.received_at)
        from (select conversation_id, channel from conversations order by updated_at desc limit $1) c
        join messages m on m.conversation_id = c.conversation_id and m.author = 'customer'
        group by c.channel
        """,
        row => (Channel: row.Text(0), At: row.TimeOrNull(1)), (long)Tickets)
        .ToDictionary(row => row.Channel, row => row.At);
}

/// <summary>How delivery by one channel goes.</summary>
internal sealed record DeliveryReport
{
    public required DateTimeOffset? LastIn { get; init; }

    public required DateTimeOffset? LastOut { get; init; }

    public required int Delivered { get; init; }

    /// <summary>From the outbox to the other side's yes, of every second text; null when there is none.</summary>
    public required TimeSpan? HalfWithin { get; init; }

    /// <summary>The same of 95 in 100.</summary>
    public required TimeSpan? MostWithin { get; init; }

    public required int Held { get; init; }

    public required int Waiting { get; init; }

    /// <summary>What was given up, by kind and reason, the most frequent first.</summary>
    public required IReadOnlyList<DeliveryFailure> Failures { get; init; }
}

/// <summary>Texts that did not arrive for one reason.</summary>
/// <param name="Kind"><c>refused</c> by the other side, or <c>gave up</c> after the last attempt.</param>
internal sealed record DeliveryFailure(string Kind, string Why, int Count);
