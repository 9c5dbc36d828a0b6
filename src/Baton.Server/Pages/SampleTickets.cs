using System.Text.Json;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;

namespace Baton.Server.Pages;

/// <summary>
/// Tickets of the playbook's <c>samples/tickets.jsonl</c> to try in the playground, a few of each expected route.
/// </summary>
internal sealed class SampleTickets
{
    /// <summary>Lines looked at.</summary>
    private const int Lines = 500;

    /// <summary>Tickets of each route that are offered.</summary>
    private const int PerRoute = 2;

    public SampleTickets(BatonOptions options)
    {
        var file = Path.Combine(options.Playbook, "samples", "tickets.jsonl");
        All = File.Exists(file) ? [.. Choose(File.ReadLines(file).Take(Lines))] : [];
    }

    public IReadOnlyList<Sample> All { get; }

    public Sample? Find(string? id) => All.FirstOrDefault(s => s.Ticket.TicketId == id);

    private static IEnumerable<Sample> Choose(IEnumerable<string> lines) => lines
        .Select(Read).OfType<Sample>()
        .Where(s => s.Ticket.Messages.Count == 1 && s.Text.Length is > 60 and < 500)
        .DistinctBy(s => s.Intent).GroupBy(s => s.Route).SelectMany(g => g.Take(PerRoute));

    private static Sample? Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var ticket = TicketJson.Read(json.RootElement, null, "playground", "expect");
            var expect = json.RootElement.GetProperty("expect");
            return new Sample(ticket, expect.GetProperty("intent").GetString()!,
                expect.GetProperty("route").GetString()!);
        }
        catch (Exception error) when (
            error is JsonException or TicketFormatException or KeyNotFoundException or InvalidOperationException)
        {
            // A sample that cannot be read is only not offered; `baton run` names the line.
            return null;
        }
    }

    /// <param name="Route">The route that a person would choose.</param>
    internal sealed record Sample(InboundTicket Ticket, string Intent, string Route)
    {
        public string Text => Ticket.Messages[^1].Text;
    }
}
