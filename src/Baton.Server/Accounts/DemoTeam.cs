using Baton.People;
using Baton.People.Inboxes;
using Baton.Playbooks;

namespace Baton.Server.Accounts;

/// <summary>A team to try the console with: two agents, a lead and an admin, without passwords.</summary>
internal static class DemoTeam
{
    private const string Domain = "@demo.example", LeadEmail = "lena" + Domain, By = "demo";

    /// <summary>The lead of the demo, or null where this is no demo.</summary>
    public static Person? Lead(IReadOnlyList<Person> team) =>
        team.FirstOrDefault(person => person is { Email: LeadEmail, DisabledAt: null });

    /// <summary>
    /// Adds the team where there is nobody yet. At every start the agents and the lead are there, until they have done
    /// nothing for a while, as everybody is: nobody is online for ever.
    /// </summary>
    public static async Task StartAsync(
        PeopleStore people, PersonActivity activity, Playbook playbook, CancellationToken cancellationToken)
    {
        if (people.List().Count == 0) await AddAsync(people, playbook, cancellationToken);
        foreach (var person in people.List())
            if (person.Email.EndsWith(Domain, StringComparison.Ordinal) && person.Role != PersonRole.Admin)
                await activity.NoteAsync(person.Id, cancellationToken);
    }

    private static async Task AddAsync(PeopleStore people, Playbook playbook, CancellationToken cancellationToken)
    {
        string[] queues = [.. playbook.Queues.Select(queue => queue.Name)];
        string[] skills = [.. playbook.Queues.SelectMany(queue => queue.Skills).Distinct()];
        foreach (var details in Team(queues, skills))
        {
            if (await people.AddAsync(details, By, cancellationToken) is PersonOutcome.Saved { Person: var person }
                && person.Role != PersonRole.Admin)
                await people.SetPresenceAsync(person.Id, Presence.Online, By, cancellationToken);
        }
    }

    /// <summary>Every queue has somebody, and every skill.</summary>
    private static IEnumerable<PersonDetails> Team(string[] queues, string[] skills) =>
    [
        new()
        {
            Name = "Amir Haddad", Email = "amir" + Domain, Queues = Every(queues, 0),
            Skills = Levels(Every(skills, 0)), Languages = ["en", "de"],
        },
        new()
        {
            Name = "Bea Novak", Email = "bea" + Domain, Queues = Every(queues, 1),
            Skills = Levels(Every(skills, 1)), Languages = ["en", "es"],
        },
        new()
        {
            Name = "Lena Ortiz", Email = LeadEmail, Role = PersonRole.Lead, Queues = queues,
            Skills = Levels(skills), Languages = ["en"], Capacity = 10,
        },
        new() { Name = "Omar Singh", Email = "omar" + Domain, Role = PersonRole.Admin },
    ];

    private static string[] Every(string[] words, int from) => [.. words.Where((_, i) => i % 2 == from)];

    private static Dictionary<string, int> Levels(string[] skills) =>
        skills.ToDictionary(skill => skill, _ => PeopleFile.UsualLevel);
}
