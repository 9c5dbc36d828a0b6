namespace Baton.People;

/// <summary>What is said of a person by those who add or change one.</summary>
internal sealed record PersonDetails
{
    public required string Name { get; init; }

    public required string Email { get; init; }

    public PersonRole Role { get; init; } = PersonRole.Agent;

    public IReadOnlyList<string> Queues { get; init; } = [];

    public IReadOnlyDictionary<string, int> Skills { get; init; } = new Dictionary<string, int>();

    public IReadOnlyList<string> Languages { get; init; } = [];

    public int Capacity { get; init; } = 5;

    public string TimeZone { get; init; } = "UTC";

    public OutOfOffice? OutOfOffice { get; init; }

    /// <summary>What is known of a person, to change a part of it.</summary>
    public static PersonDetails Of(Person person) => new()
    {
        Name = person.Name, Email = person.Email, Role = person.Role, Queues = person.Queues, Skills = person.Skills,
        Languages = person.Languages, Capacity = person.Capacity, TimeZone = person.TimeZone,
        OutOfOffice = person.OutOfOffice,
    };
}
