using Baton.Playbooks;

namespace Baton.Conversations.Routing;

/// <summary>What a ticket asks of the person who takes it.</summary>
/// <param name="Points">Of a person's capacity.</param>
/// <param name="Language">ISO 639 code of what the customer writes; null when it is not known.</param>
/// <param name="Skills">Never skipped; <c>refunds</c>, or <c>refunds:5</c> for a level.</param>
/// <param name="Preferred">Waited for some time.</param>
public sealed record TicketNeeds(
    int Points, string? Language, IReadOnlyList<string> Skills, IReadOnlyList<string> Preferred)
{
    /// <summary>Of a ticket of which nothing is known: it weighs one point and anybody can take it.</summary>
    public static TicketNeeds Unknown { get; } = new(1, null, [], []);

    /// <summary>What a ticket asks by its channel, intent and language.</summary>
    public static TicketNeeds Of(Playbook playbook, string channel, string? intent, string? language)
    {
        var known = intent is null ? null : playbook.FindIntent(intent);
        return new TicketNeeds(
            playbook.Weights.TryGetValue(channel, out var points) ? points : 1, language, known?.Skills ?? [],
            known?.PreferredSkills ?? []);
    }
}
