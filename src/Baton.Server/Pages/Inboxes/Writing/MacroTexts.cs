using System.Security.Claims;
using Baton.Conversations;
using Baton.People;
using Baton.Playbooks;
using Baton.Playbooks.Macros;
using Baton.Server.Api;
using Baton.Storage.Events;

namespace Baton.Server.Pages.Inboxes.Writing;

/// <summary>Macros for one ticket, filled with what is known of it and of who writes.</summary>
internal sealed class MacroTexts(ConversationStore store, Inbox inbox, PeopleStore people, PlaybookHost playbooks)
{
    /// <summary>Those of the ticket's queue first, each by its title.</summary>
    public IReadOnlyList<Macro> For(string? queue) =>
    [
        .. playbooks.Current.Macros.OrderByDescending(m => queue is not null && m.Queues.Contains(queue))
            .ThenBy(m => m.Title, StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>What belongs into each hole of the macros.</summary>
    public IReadOnlyDictionary<string, string> Holes => MacroHoles.All(playbooks.Current.Macros);

    /// <summary>The text of a macro for a ticket; null when there is no such macro.</summary>
    public string? Filled(string name, string ticket, ClaimsPrincipal caller)
    {
        var playbook = playbooks.Current;
        if (playbook.Macros.FirstOrDefault(m => m.Name == name) is not { } macro) return null;
        var state = store.Load(ticket);
        var values = Facts(ticket).Concat(state.Fields).GroupBy(f => f.Key)
            .ToDictionary(f => f.Key, f => inbox.Restored(ticket, f.Last().Value));
        values[MacroHoles.Ticket] = ticket;
        values[MacroHoles.Brand] = playbook.Brand.Name;
        values[MacroHoles.Customer] = store.Database.Read(c => MessageRows.Sender(c, ticket))?.Name ?? "";
        values[MacroHoles.Agent] =
            Callers.Person(caller) is { } id && people.Find(id) is { } person ? person.Name : "";
        // A promise is of use only while it can still be kept.
        values[MacroHoles.Promise] = state.Promises.Open is null ? "" : state.Promise ?? "";
        return MacroHoles.Fill(macro.Text, values);
    }

    /// <summary>What the packet of the last handoff found in the messages, an order number for example.</summary>
    private IReadOnlyDictionary<string, string> Facts(string ticket) => store.Database
        .Read(connection => Ledger.Read(connection, ticket))
        .Where(e => e.Type == nameof(ConversationEvent.Escalated))
        .Select(e => ConversationJson.Read(e.Type, e.Data.Span)).OfType<ConversationEvent.Escalated>()
        .LastOrDefault()?.Packet.Account ?? new Dictionary<string, string>();
}
