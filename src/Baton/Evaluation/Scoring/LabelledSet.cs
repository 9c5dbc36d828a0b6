using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Tickets;
using Baton.Evaluation.Metrics;
using Baton.Operations;

namespace Baton.Evaluation.Scoring;

/// <summary>One line of a set.</summary>
/// <param name="Line">As it stands in the file.</param>
/// <param name="Question">What the customer wrote since somebody last answered.</param>
public sealed record LabelledTicket(
    string Id, string Line, string Question, string Channel, string Tier, Expectation Expect);

/// <summary>Labelled tickets of a file, in its order; of two lines with one id the first counts.</summary>
public static class LabelledSet
{
    /// <summary>Largest set that is read: what a run keeps in memory.</summary>
    public const int Most = 100_000;

    /// <exception cref="FormatException">A line cannot be read, or there are too many; the message says which.</exception>
    public static IReadOnlyList<LabelledTicket> Read(string file)
    {
        var (tickets, seen, number) = (new List<LabelledTicket>(), new HashSet<string>(), 0);
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (Read(line, $"{file}:{number}") is not { } ticket || !seen.Add(ticket.Id)) continue;
            if (tickets.Count == Most)
                throw new FormatException($"{file}: more than {Most:N0} labelled tickets; split the file");
            tickets.Add(ticket);
        }
        return tickets;
    }

    /// <summary>
    /// So many of them, the same for a seed; a ticket that is added to the set later replaces at most one.
    /// </summary>
    public static IReadOnlyList<LabelledTicket> Sample(IReadOnlyList<LabelledTicket> tickets, int most, int seed) =>
        tickets.Count <= most ? tickets
            : [.. tickets.OrderBy(t => Share.Of(t.Id, $"eval/{seed}")).ThenBy(t => t.Id, StringComparer.Ordinal)
                .Take(most)];

    private static LabelledTicket? Read(string line, string where)
    {
        try
        {
            var json = JsonSerializer.Deserialize<JsonElement>(line);
            if (json.ValueKind != JsonValueKind.Object || Expectation.Of(json) is not { } expect) return null;
            var ticket = TicketJson.Read(json, null, "file", "expect");
            var asked = ticket.Messages.Reverse().TakeWhile(m => m.From == Author.Customer).Reverse()
                .Select(m => m.Text);
            return new LabelledTicket(ticket.TicketId, line, $"{ticket.Subject}\n{string.Join('\n', asked)}".Trim(),
                ticket.Channel, ticket.CustomerTier ?? "", expect);
        }
        catch (Exception error) when (error is JsonException or FormatException or TicketFormatException)
        {
            throw new FormatException($"{where}: {error.Message}; see docs/labelled-tickets.md");
        }
    }
}
