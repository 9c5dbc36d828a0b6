using Baton.Storage;
using Baton.Storage.Engines;

namespace Baton.Conversations.Inspection;

/// <summary>A row with personal data.</summary>
internal sealed record FoundRow(string Key, string Kinds, string Text);

/// <summary>
/// Every column of text outside the message table and the events; a new table is read without a word here.
/// </summary>
internal static class StoredTexts
{
    /// <summary>Events that left are read with the others.</summary>
    private static readonly HashSet<string> OtherTables =
        ["messages", "attachments", "events", "migrations", "archived_streams"];

    /// <summary>Ids of our own, hashes, and ids of tickets, which are stored as they come.</summary>
    private static readonly HashSet<string> FreeNames =
        ["conversation_id", "message_id", "id", "hash", "call_id", "key_id", "effect_key", "input_digest", "approval_id"];

    /// <summary>
    /// The same under another name. The address of a log-in is kept on purpose, until its session is deleted, and so is
    /// who the people of the team are and how they sign in.
    /// </summary>
    private static readonly HashSet<string> FreePlaces =
    [
        "api_keys.shown", "console_sessions.address", "deliveries.scope", "jobs.key", "outbox.idempotency_key",
        "outbox.key", "timers.key", "people.name", "people.email", "person_secrets.password_hash",
        "person_secrets.code_key", "person_secrets.code_pending", "tool_effects.reference", "approval_votes.person",
        "workflow_steps.run_id", "workflow_steps.reference",
        "audit_entries.stream", "audit_entries.ticket", "legal_holds.name", "retention_state.through_id",
    ];

    /// <summary>What is read of the schema's columns.</summary>
    public static IEnumerable<TextColumn> Read(IEnumerable<TextColumn> columns) => columns.Where(c =>
        c.Place == "deliveries.id"
        || !OtherTables.Contains(c.Table) && !FreeNames.Contains(c.Name) && !FreePlaces.Contains(c.Place));

    /// <summary>Rows of a column with findings, so many at most.</summary>
    public static List<FoundRow> Find(ReadConnection connection, TextColumn column, ValueReader reader, int limit)
    {
        var found = new List<FoundRow>();
        connection.ForEach(
            $"""
            select {column.Key}, "{column.Name}" from "{column.Table}" where "{column.Name}" is not null order by 1
            """,
            row =>
            {
                if (found.Count < limit && reader.Kinds(row.Text(1), column.Name) is { } kinds)
                    found.Add(new FoundRow(row.Text(0), kinds, row.Text(1)));
            });
        return found;
    }

    /// <summary>Does what can be done; false when that is nothing.</summary>
    public static bool Mend(WriteTransaction transaction, TextColumn column, FoundRow row, ValueReader reader)
    {
        switch (Repair.Of(column))
        {
            case Repair.Rewrite rewrite:
                transaction.Execute(
                    $"update \"{column.Table}\" set \"{column.Name}\" = $1 where {column.Key} = $2",
                    rewrite.Write(reader, row.Text), row.Key);
                return true;
            case Repair.Remove:
                transaction.Execute($"delete from \"{column.Table}\" where {column.Key} = $1", row.Key);
                return true;
            default:
                return false;
        }
    }
}
