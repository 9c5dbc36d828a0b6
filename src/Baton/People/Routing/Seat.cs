using Baton.Conversations.Routing;
using Baton.Playbooks;

namespace Baton.People.Routing;

/// <summary>A person with the points that count against the capacity now.</summary>
internal sealed record Seat(Person Person, int Load)
{
    public int Spare => Person.Capacity - Load;

    /// <summary>
    /// Whether the person can take a ticket at all: of its queue, with the language and every required skill.
    /// </summary>
    /// <param name="languages">What is spoken by people who say nothing about themselves: the brand's.</param>
    public bool Suits(string queue, TicketNeeds needs, IReadOnlyList<string> languages) =>
        Person.Queues.Contains(queue) && Speaks(needs.Language, languages) && needs.Skills.All(Has);

    /// <summary>Whether the person has the preferred skills, too.</summary>
    public bool IsPreferred(TicketNeeds needs) => needs.Preferred.All(Has);

    /// <summary>
    /// Room for a ticket. One that is heavier than a person's whole capacity fits who has nothing else.
    /// </summary>
    public bool HasRoom(TicketNeeds needs) => Spare >= Math.Min(needs.Points, Person.Capacity);

    private bool Speaks(string? language, IReadOnlyList<string> languages) => language is null
        || (Person.Languages.Count > 0 ? Person.Languages : languages).Contains(language);

    private bool Has(string skill) => SkillNeed.Parse(skill) is { } need
        && Person.Skills.TryGetValue(need.Name, out var level) && level >= need.Level;
}
