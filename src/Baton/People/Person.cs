namespace Baton.People;

/// <summary>A person of the team.</summary>
internal sealed record Person
{
    /// <summary>Begins with <c>p_</c> and has letters only: events name it, and it is nobody's personal data.</summary>
    public required string Id { get; init; }

    /// <summary>Grows with every change but presence and assignment.</summary>
    public required int Version { get; init; }

    public required string Name { get; init; }

    /// <summary>Lower case; nobody else has it.</summary>
    public required string Email { get; init; }

    public required PersonRole Role { get; init; }

    /// <summary>Names of the queues whose tickets the person takes; none: nothing is offered.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>Skill ⇒ level, 1 to 10.</summary>
    public IReadOnlyDictionary<string, int> Skills { get; init; } = new Dictionary<string, int>();

    /// <summary>ISO 639 codes such as <c>de</c>; none: whatever the queue speaks.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Points of work at once, 1 to 100.</summary>
    public int Capacity { get; init; } = 5;

    /// <summary>Name of the zone in the tz database.</summary>
    public string TimeZone { get; init; } = "UTC";

    public Presence Presence { get; init; } = Presence.Offline;

    /// <summary>Since when <see cref="Presence"/> is so.</summary>
    public DateTimeOffset PresenceAt { get; init; }

    /// <summary>When a ticket was last given to the person; null: never.</summary>
    public DateTimeOffset? LastAssignedAt { get; init; }

    /// <summary>Since when the person may not sign in; null: may.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    public OutOfOffice? OutOfOffice { get; init; }

    /// <summary>Whether new work may be offered, as far as the person goes: there, signed on, in the office.</summary>
    public bool TakesWork(DateTimeOffset now) =>
        DisabledAt is null && Presence == Presence.Online && OutOfOffice?.Covers(now) != true;
}

/// <summary>A person is not there for a while.</summary>
/// <param name="HandOverTo">Id of the person who takes over what is open; null: the queue does.</param>
internal sealed record OutOfOffice(DateTimeOffset Until, string? HandOverTo)
{
    /// <summary>When it begins; null: it has begun.</summary>
    public DateTimeOffset? From { get; init; }

    public bool Covers(DateTimeOffset now) => now < Until && !(From > now);
}
