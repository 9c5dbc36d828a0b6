using System.Security.Claims;
using Baton.Operations;
using Baton.People;
using Baton.People.Inboxes;
using Baton.Playbooks;
using Baton.Server.Api;

namespace Baton.Server.Pages.Inboxes;

/// <summary>Who sits at the inbox, and what they may see of it.</summary>
/// <param name="Me">Id of the person, or name of the key.</param>
/// <param name="Queues">Of the person; a key has all of them.</param>
/// <param name="SeesAll">Whether the list of everything is there.</param>
public sealed record InboxDesk(string Me, IReadOnlyList<string> Queues, bool SeesAll)
{
    /// <summary>Null for a key.</summary>
    internal Person? Person { get; private init; }

    /// <summary>The word of it; null for a key.</summary>
    public string? Presence => Person is { } person ? EnumWords.Of(person.Presence) : null;

    internal static InboxDesk Of(ClaimsPrincipal caller, PeopleStore people, Playbook playbook)
    {
        var person = Callers.Person(caller) is { } id ? people.Find(id) : null;
        return new InboxDesk(
            Callers.Actor(caller), person is null ? [.. playbook.Queues.Select(q => q.Name)] : person.Queues,
            Callers.Allows(caller, AccessScopes.Operations)) { Person = person };
    }

    /// <summary>The list that is asked for; the person's own where nothing is asked.</summary>
    public InboxView ViewOf(string? word) => string.IsNullOrEmpty(word) ? InboxView.Mine
        : EnumWords.Find<InboxView>(word) is { } view && (view != InboxView.All || SeesAll) ? view : InboxView.Mine;
}
