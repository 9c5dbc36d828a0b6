using Baton.Playbooks;

namespace Baton.Benchmarks.RosterDays;

/// <summary>A ticket that got its reply.</summary>
/// <param name="ArrivedInHours">Whether its queue was staffed when it came.</param>
internal sealed record WaitedTicket(
    string Id, Priority Priority, TimeSpan Waited, DateTimeOffset RepliedAt, bool ArrivedInHours);
