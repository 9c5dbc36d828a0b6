using Baton.Conversations.Tickets;
using Baton.People.Inboxes;
using Baton.Playbooks;

namespace Baton.Server.Pages.Inboxes;

/// <summary>A list of the inbox with its filters, as an address: whoever gets the link sees the same.</summary>
public sealed record InboxAddress
{
    public InboxView View { get; init; }

    public string? Queue { get; init; }

    public string? Channel { get; init; }

    public string? Tier { get; init; }

    public string? Priority { get; init; }

    public string? Q { get; init; }

    /// <summary>Whether anything but the list itself was chosen.</summary>
    public bool IsFiltered => Fields().Any(f => f.Name != "view" && f.Value is not null);

    /// <summary>The list, from its beginning or after a place.</summary>
    public string Path(string? after = null) => "/inbox" + Query(after);

    /// <summary>The whole list as a file.</summary>
    public string File => "/desk/list.csv" + Query(null);

    /// <summary>A ticket beside this list.</summary>
    public string Ticket(string id) => $"/inbox/{Uri.EscapeDataString(id)}{Query(null)}";

    /// <summary>A part of a page of the list, by itself.</summary>
    /// <param name="ticket">That is open; null: none.</param>
    public string Part(string name, string? ticket = null, string? after = null)
    {
        var query = Query(after);
        return $"/desk/parts/{name}" + (ticket is null ? query
            : $"{(query.Length == 0 ? "?" : query + "&")}id={Uri.EscapeDataString(ticket)}");
    }

    /// <summary>What the list shows to somebody.</summary>
    /// <exception cref="TicketFormatException">The priority is none.</exception>
    internal InboxFilter Filter(InboxDesk desk, string? after) => new()
    {
        View = View, Me = desk.Me, Queues = desk.Queues, Queue = Queue, Channel = Channel, Tier = Tier, Q = Q,
        After = after,
        Priority = Priority is not { } word ? null : EnumWords.Find<Priority>(word)
            ?? throw new TicketFormatException(
                "priority", $"is '{word}': use {string.Join(", ", EnumWords.All<Priority>())}"),
    };

    private string Query(string? after)
    {
        var query = string.Join('&', Fields().Append(("after", after)).Where(f => f.Item2 is not null)
            .Select(f => $"{f.Item1}={Uri.EscapeDataString(f.Item2!)}"));
        return query.Length == 0 ? "" : "?" + query;
    }

    private IEnumerable<(string Name, string? Value)> Fields() =>
    [
        ("view", View == InboxView.Mine ? null : EnumWords.Of(View)), ("queue", Queue), ("channel", Channel),
        ("tier", Tier), ("priority", Priority), ("q", Q),
    ];
}
