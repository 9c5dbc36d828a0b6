using System.Text.RegularExpressions;
using Baton.Storage;

namespace Baton.Conversations.Merging;

/// <summary>Another open ticket of the same customer.</summary>
/// <param name="IsSimilar">Whether it is about the same, by its words.</param>
public sealed record OtherTicket(string Id, string? Summary, DateTimeOffset StartedAt, bool IsSimilar);

/// <summary>Finds tickets that may be the same matter.</summary>
internal sealed partial class Duplicates(Database database)
{
    /// <summary>How long ago the other one may have begun.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(14);

    /// <summary>Others that are shown.</summary>
    private const int Most = 10;

    /// <summary>Share of the shorter text's words that the other has, and how many there must be.</summary>
    private const double Alike = 0.5;

    private const int FewestWords = 4;

    /// <summary>Open tickets of a ticket's customer, similar ones first, then the newest.</summary>
    public IReadOnlyList<OtherTicket> Of(Conversation ticket)
    {
        if (ticket.CustomerId is not { } customer) return [];
        var own = Words(string.Join(' ', ticket.Transcript.Where(l => l.From == Author.Customer).Select(l => l.Text)));
        return
        [
            .. database.Read(connection => connection.Query(
                """
                select o.conversation_id, o.summary, c.started_at, o.words
                from open_tickets o join conversations c on c.conversation_id = o.conversation_id
                where o.customer = $1 and o.conversation_id <> $2 and c.started_at >= $3
                order by c.started_at desc, o.conversation_id limit $4
                """,
                row => new OtherTicket(
                    row.Text(0), row.TextOrNull(1), row.Time(2), AreAlike(own, Words(row.Text(3)))),
                customer, ticket.Id, SqlValue.Ms(ticket.StartedAt - Within), (long)Most))
                .OrderByDescending(t => t.IsSimilar),
        ];
    }

    internal static bool AreAlike(string one, string other) => AreAlike(Words(one), Words(other));

    private static bool AreAlike(HashSet<string> one, HashSet<string> other)
    {
        var shorter = Math.Min(one.Count, other.Count);
        return shorter >= FewestWords && one.Count(other.Contains) >= Alike * shorter;
    }

    /// <summary>Words of some length: short ones are in every text.</summary>
    private static HashSet<string> Words(string text) =>
        [.. Word().Matches(text.ToLowerInvariant()).Select(word => word.Value)];

    [GeneratedRegex(@"[\p{L}\p{N}]{4,}")]
    private static partial Regex Word();
}
