using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Audit.Entries;

/// <summary>One page, newest first.</summary>
/// <param name="Next">Where the next page begins; null: there is none.</param>
internal sealed record AuditList(IReadOnlyList<AuditEntry> Items, AuditCursor? Next);

/// <summary>Reads the audit view. Each page is one range of one index, however many entries there are.</summary>
internal static class AuditQueries
{
    private const string Columns = """
        seq, at_ms, kind, type, actor, subject, ticket, why, state_before, state_after, stream, version, hash
        """;

    private const string Range = """
        at_ms >= $1 and at_ms < $2 and (at_ms, seq) < ($3, $4)
        """;

    private const string Rest = """
        and (cast($5 as text) is null or actor = $5) and (cast($6 as text) is null or kind = $6)
        order by at_ms desc, seq desc limit $7
        """;

    /// <summary>A page of the entries that a filter lets through.</summary>
    public static AuditList Page(ReadConnection connection, AuditFilter filter)
    {
        var limit = Math.Clamp(filter.Limit, 1, AuditFilter.MostOfPage);
        var found = Read(connection, filter, limit + 1);
        var items = found.Take(limit).ToList();
        return new AuditList(items, found.Count <= limit ? null
            : new AuditCursor(items[^1].At.ToUnixTimeMilliseconds(), items[^1].Seq));
    }

    /// <summary>By the index that leaves the fewest rows: a ticket, who, what kind, else the time.</summary>
    private static List<AuditEntry> Read(ReadConnection connection, AuditFilter filter, int limit)
    {
        var after = filter.After ?? new AuditCursor(long.MaxValue, long.MaxValue);
        SqlValue since = filter.Since is { } from ? SqlValue.Ms(from) : 0L;
        // The end of the range as one number: of the pair alone the index would be read from its end, page after page.
        var next = after.AtMs == long.MaxValue ? long.MaxValue : after.AtMs + 1;
        SqlValue until = Math.Min(filter.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue, next);
        var kind = filter.Kind is { } word ? EnumWords.Of(word) : null;
        const string? any = null;
        return (filter.Ticket, filter.Actor, kind) switch
        {
            ({ } ticket, _, _) => connection.Query(
                $"select {Columns} from audit_entries where ticket = $8 and {Range} {Rest}", Map,
                since, until, after.AtMs, after.Seq, filter.Actor, kind, (long)limit, ticket),
            (null, { } actor, _) => connection.Query(
                $"select {Columns} from audit_entries where actor = $8 and {Range} {Rest}", Map,
                since, until, after.AtMs, after.Seq, any, kind, (long)limit, actor),
            (null, null, { } only) => connection.Query(
                $"select {Columns} from audit_entries where kind = $8 and {Range} {Rest}", Map,
                since, until, after.AtMs, after.Seq, any, any, (long)limit, only),
            _ => connection.Query(
                $"select {Columns} from audit_entries where {Range} {Rest}", Map,
                since, until, after.AtMs, after.Seq, any, any, (long)limit),
        };
    }

    private static AuditEntry Map(Row row) => new(
        row.Int64(0), row.Time(1), EnumWords.Find<AuditKind>(row.Text(2)) ?? AuditKind.Other, row.Text(3), row.Text(4),
        row.Text(5), row.TextOrNull(6), row.TextOrNull(7), row.TextOrNull(8), row.TextOrNull(9), row.Text(10),
        row.Int64(11), row.Text(12));
}
