using Baton.Storage;

namespace Baton.Conversations.Inspection;

/// <summary>A row with personal data.</summary>
internal sealed record FoundRow(string Key, string Kinds, string Text);

/// <summary>One column outside the message table that holds text of customers and may be changed.</summary>
/// <param name="Name">Table and column.</param>
internal sealed record StoredTexts(string Name, string Select, string Update)
{
    /// <summary>
    /// Every such column. Read tables follow from the events: a rebuild writes again what the events hold.
    /// </summary>
    public static readonly IReadOnlyList<StoredTexts> All =
    [
        new("conversations.subject",
            "select conversation_id, subject from conversations where subject is not null order by conversation_id",
            "update conversations set subject = $1 where conversation_id = $2"),
        new("jobs.error",
            "select cast(id as text), error from jobs where error is not null order by id",
            "update jobs set error = $1 where cast(id as text) = $2"),
        new("cached_answers.question",
            "select hex(key), question from cached_answers where question is not null order by key",
            "delete from cached_answers where $1 is not null and hex(key) = $2"),
    ];

    public List<FoundRow> Find(ReadConnection connection, Func<string, string?> kinds, int limit)
    {
        var found = new List<FoundRow>();
        connection.ForEach(Select, row =>
        {
            if (found.Count < limit && kinds(row.Text(1)) is { } some) found.Add(new FoundRow(row.Text(0), some, row.Text(1)));
        });
        return found;
    }

    /// <summary>Writes the row without personal data, or removes it where it is only there to save work.</summary>
    public void Mend(WriteTransaction transaction, string key, string redacted) =>
        transaction.Execute(Update, redacted, key);
}
