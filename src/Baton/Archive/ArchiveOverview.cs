using Baton.Storage;

namespace Baton.Archive;

/// <summary>What is here and what has left, for people.</summary>
/// <param name="Bytes">Of the database.</param>
/// <param name="Months">In which tickets began, with why each stays; null: it may leave.</param>
/// <param name="Segments">In the order of the chain.</param>
internal sealed record ArchiveState(
    DateTimeOffset At, long Bytes, IReadOnlyList<(ArchiveMonth Month, string? Why)> Months,
    IReadOnlyList<ArchiveSegment> Segments);

/// <summary>
/// Looks at all tickets and remembers for an hour what it saw: months are slow, and a page must not be.
/// </summary>
internal sealed class ArchiveOverview(Database database, ArchiveOptions options)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private ArchiveState? _last;

    public ArchiveState Read()
    {
        var now = database.Clock.GetUtcNow();
        if (_last is { } last && now - last.At < Kept)
            return last with { Segments = database.Read(ArchiveSegment.All) };
        return _last = new ArchiveState(
            now, database.Read(c => c.Catalog.Bytes(c)),
            [.. ArchiveMonths.All(database).Select(m => (m, m.Left == 0 ? null : m.Objection(now, options.Days)))],
            database.Read(ArchiveSegment.All));
    }
}
