using NodaTime;

namespace Baton.Playbooks;

/// <summary>A group of people who take tickets, with the hours they are there.</summary>
public sealed record Queue
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Zone of <see cref="Hours"/> and <see cref="Holidays"/>.</summary>
    public required DateTimeZone TimeZone { get; init; }

    /// <summary>
    /// Staffed intervals by weekday, start inclusive, end exclusive; a day without intervals is unstaffed.
    /// </summary>
    public required IReadOnlyDictionary<IsoDayOfWeek, IReadOnlyList<StaffedInterval>> Hours { get; init; }

    /// <summary>Whole days without staff.</summary>
    public IReadOnlyList<LocalDate> Holidays { get; init; } = [];

    /// <summary>What people of this queue can do, e.g. <c>german</c>, <c>refunds</c>.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>Tickets open at once before the queue counts as full. At least 1.</summary>
    public int Capacity { get; init; } = 100;

    /// <summary>
    /// Queue tried when this one is unstaffed or full; null means stay here and promise the next opening.
    /// </summary>
    public string? Fallback { get; init; }

    /// <summary>
    /// How a customer is reached when nobody is there: <c>queue</c>, <c>email</c> or <c>callback</c>.
    /// </summary>
    public OutsideHours OutsideHours { get; init; } = OutsideHours.Queue;

    /// <summary>Queue of what arrives when nobody of the fallbacks is there; null: this one.</summary>
    public string? AfterHours { get; init; }

    /// <summary>Whether people take tickets, or are offered them one at a time.</summary>
    public AssignmentMode Assignment { get; init; } = AssignmentMode.Pull;

    /// <summary>How long an offer waits for its person before it goes on.</summary>
    public Duration AcceptWithin { get; init; } = Duration.FromMinutes(2);

    /// <summary>How long a ticket waits for somebody with its preferred skills, too.</summary>
    public Duration PreferFor { get; init; } = Duration.FromMinutes(10);

    /// <summary>Work of one person on one ticket; what a promise reckons the backlog with.</summary>
    public Duration HandleTime { get; init; } = Duration.FromMinutes(10);

    /// <summary>Time after opening within which a waiting customer is contacted; stated in the promise.</summary>
    public Duration ContactWithin { get; init; } = Duration.FromHours(1);
}

/// <summary>
/// Staffed from <paramref name="Start"/> to <paramref name="End"/>; midnight as end means the end of the day.
/// </summary>
public readonly record struct StaffedInterval(LocalTime Start, LocalTime End)
{
    /// <summary>Length on a day without a change of clocks.</summary>
    public TimeSpan Length => TimeSpan.FromTicks(
        (End == LocalTime.Midnight ? NodaConstants.TicksPerDay : End.TickOfDay) - Start.TickOfDay);
}

/// <summary>How a ticket of a queue gets to a person.</summary>
public enum AssignmentMode
{
    /// <summary>People take the next one.</summary>
    Pull,

    /// <summary>Automation offers it to one person at a time.</summary>
    Push,
}

/// <summary>What happens to a ticket that arrives when nobody is there.</summary>
public enum OutsideHours
{
    Queue,
    Email,
    Callback,
}
