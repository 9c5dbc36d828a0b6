namespace Baton.People;

/// <summary>What became of a wish to add or to change a person.</summary>
internal abstract record PersonOutcome
{
    private PersonOutcome() { }

    public sealed record Saved(Person Person) : PersonOutcome;

    /// <summary>Nobody has the id.</summary>
    public sealed record Unknown : PersonOutcome;

    /// <summary>Somebody changed the person since it was read: look again, then repeat.</summary>
    public sealed record Outdated(Person Now) : PersonOutcome;

    /// <param name="Why">The field, its value and what to write.</param>
    public sealed record Refused(string Why) : PersonOutcome;
}
