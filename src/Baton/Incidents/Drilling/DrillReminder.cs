using Baton.Insights.Measuring;
using Baton.Storage;
using Baton.Storage.Measured;
using Baton.Storage.Outgoing;

namespace Baton.Incidents.Drilling;

/// <summary>Tells the operators when a rehearsal is older than a quarter; of a new installation after its
/// first.</summary>
internal sealed class DrillReminder(Database database, Notices notices, TimeProvider clock)
{
    private const string Group = "drill/";

    /// <summary>Which rehearsals are due.</summary>
    public static List<string> Due(ReadConnection connection, DateTimeOffset now)
    {
        var first = SeriesReader.FirstHour(connection) is { } hour
            ? DateTimeOffset.FromUnixTimeSeconds(hour * SeriesRows.Hour * SeriesRows.Hour) : now;
        return [.. Drills.Names.Where(name => now - (Drills.Last(connection, name)?.At ?? first) > Drills.Quarter)];
    }

    /// <summary>Raises a notice for each that is due, and closes those that are not.</summary>
    public async Task RemindAsync(CancellationToken cancellationToken)
    {
        var due = database.Read(c => Due(c, clock.GetUtcNow()));
        var open = database.Read(c => Notices.Open(c, 1_000)).Select(n => n.Notice.Group).ToHashSet();
        // One that is open is not raised again and again: it would count hours.
        var fresh = due.Where(name => !open.Contains(Group + name)).ToList();
        var over = Drills.Names.Except(due).Where(name => open.Contains(Group + name)).ToList();
        if (fresh.Count + over.Count == 0) return;
        await database.WriteAsync(transaction =>
        {
            foreach (var name in fresh)
                notices.Raise(transaction, new Notice
                {
                    To = "operators", Urgency = NoticeUrgency.Low, Group = Group + name,
                    Title = $"The drill {name} is due",
                    Text = $"It was not made for a quarter. `baton drill {name}` makes it on a copy, in a minute.",
                });
            foreach (var name in over) notices.Close(transaction, Group + name);
        }, cancellationToken);
    }
}
