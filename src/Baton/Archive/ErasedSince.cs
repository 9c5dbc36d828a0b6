using System.Text.Json;
using Baton.Archive.Segments;
using Baton.Storage;

namespace Baton.Archive;

/// <summary>
/// Texts of a month that were erased in the database since they left. Retention by time destroys no key, so the sealed
/// copy could still be opened: it does not come back.
/// </summary>
internal sealed class ErasedSince
{
    private static readonly string[] Texts =
    [
        "subject", "sender", "digest", "placeholders", "key_id", "sealed", "sealed_values", "redacted", "sha256", "body",
        "sealed_name",
    ];

    private readonly Dictionary<(string Ticket, long Position), long> _messages = [];
    private readonly HashSet<(string Ticket, long Position, long Number)> _files = [];

    /// <summary>As the database says now.</summary>
    public static ErasedSince Of(ReadConnection connection, string month)
    {
        var erased = new ErasedSince();
        connection.ForEach(
            """
            select m.conversation_id, m.position, m.erased_at from archived_streams a
            join messages m on m.conversation_id = a.conversation_id
            where a.month = $1 and m.erased_at is not null
            """,
            row => erased._messages[(row.Text(0), row.Int64(1))] = row.Int64(2), month);
        connection.ForEach(
            """
            select f.conversation_id, f.position, f.number from archived_streams a
            join attachments f on f.conversation_id = a.conversation_id
            where a.month = $1 and f.not_stored = 'erased'
            """,
            row => erased._files.Add((row.Text(0), row.Int64(1), row.Int64(2))), month);
        return erased;
    }

    /// <summary>The row as an erasure leaves one, where it was erased.</summary>
    public SegmentLine.OfRow Take(SegmentLine.OfRow row)
    {
        var (ticket, position) = (row.Text("conversation_id"), row.Columns["position"].GetInt64());
        var (isMessage, isFile) = (row.Table == SegmentWriter.Messages, row.Table == SegmentWriter.Attachments);
        if (isMessage && _messages.TryGetValue((ticket, position), out var at))
            return Emptied(row, ("body", ""), ("erased_at", at));
        return isFile && _files.Contains((ticket, position, row.Columns["number"].GetInt64()))
            ? Emptied(row, ("name", ""), ("not_stored", "erased")) : row;
    }

    private static SegmentLine.OfRow Emptied(SegmentLine.OfRow row, params (string Name, object Value)[] set)
    {
        var columns = row.Columns.Where(c => !Texts.Contains(c.Key)).ToDictionary(c => c.Key, c => c.Value);
        foreach (var (name, value) in set) columns[name] = JsonSerializer.SerializeToElement(value);
        return row with { Columns = columns };
    }
}
