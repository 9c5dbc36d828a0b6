using Baton.Storage.Engines;
using Baton.Storage.Jobs;

namespace Baton.Storage.Measured;

/// <summary>What the database, the queues, the disk and the clock of this process look like.</summary>
internal sealed class StorageSeries(Database database, TimeProvider clock)
{
    /// <summary>Two looks disagree by this much when nothing is wrong: a machine may be busy.</summary>
    private const double Unnoticed = 2;

    private (DateTimeOffset At, long Stamp)? _last;

    /// <inheritdoc cref="ReadSeries"/>
    public IEnumerable<SeriesPoint> Read(ReadConnection connection, DateTimeOffset now)
    {
        var waits = connection.Number(
            "select min(created_at_ms) from jobs where queue = 'outbox' and state in (0, 1, 2)");
        var ready = connection.Number(
            "select min(run_at_ms) from jobs where queue = 'jobs' and state = 0 and run_at_ms <= $1", SqlValue.Ms(now));
        yield return new(SeriesNames.ReadyAge, ready is { } due
            ? (now - DateTimeOffset.FromUnixTimeMilliseconds(due)).TotalSeconds : 0);
        yield return new(SeriesNames.DeadLetters, JobInspection.Counts(connection).GetValueOrDefault(JobState.Dead));
        yield return new(SeriesNames.OutboxAge, waits is { } since
            ? Math.Max(0, (now - DateTimeOffset.FromUnixTimeMilliseconds(since)).TotalSeconds) : 0);
        yield return new(SeriesNames.ClockOff, ClockOff(connection, now));
        if (DiskUsed() is { } used) yield return new(SeriesNames.DiskUsed, used);
    }

    /// <summary>
    /// How far the clock jumped against time that only passes, or lies behind the newest event: nothing is written in
    /// the future.
    /// </summary>
    private double ClockOff(ReadConnection connection, DateTimeOffset now)
    {
        var jumped = _last is var (at, stamp)
            ? Math.Abs((now - at - clock.GetElapsedTime(stamp)).TotalSeconds) : 0;
        _last = (now, clock.GetTimestamp());
        var newest = connection.First("select at from events order by seq desc limit 1", row => row.Text(0));
        var ahead = newest is not null && DateTimeOffset.TryParse(newest, out var written)
            ? (written - now).TotalSeconds : 0;
        return Math.Max(jumped, ahead) is var off && off > Unnoticed ? off : 0;
    }

    private double? DiskUsed()
    {
        if (StorageEngine.IsServer(database.Path)) return null;
        try
        {
            var drive = new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(database.Path))!);
            return drive.TotalSize > 0 ? 1 - ((double)drive.AvailableFreeSpace / drive.TotalSize) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
