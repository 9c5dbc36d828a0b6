using Baton.Storage;

namespace Baton.Conversations.Inspection;

/// <summary>A row with personal data.</summary>
internal sealed record FoundRow(string Key, string Kinds, string Text);

/// <summary>One column outside the message table that holds text of customers and may be changed.</summary>
/// <param name="Name">Table and column.</param>
internal sealed record StoredTexts(string Name, string Select, string Update)
{
    /// <summary>What customers wrote in a value; by default all of it.</summary>
    public Func<string, string?> Texts { get; private init; } = value => value;

    /// <summary>The value with those texts rewritten.</summary>
    public Func<string, Func<string, string>, string> Rewrite { get; private init; } = (value, redact) => redact(value);

    /// <summary>
    /// Every such column. Read tables follow from the events: a rebuild writes again what the events hold.
    /// </summary>
    public static readonly IReadOnlyList<StoredTexts> All =
    [
        new("conversations.subject",
            "select conversation_id, subject from conversations where subject is not null order by conversation_id",
            "update conversations set subject = $1 where conversation_id = $2"),
        new("decisions.decision",
            "select conversation_id || ' turn ' || turn, decision from decisions order by conversation_id, turn",
            "update decisions set decision = $1 where conversation_id || ' turn ' || turn = $2")
        {
            Texts = CustomerTexts.OfDecision, Rewrite = CustomerTexts.RewriteDecision,
        },
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
            if (found.Count < limit && Texts(row.Text(1)) is { } text && kinds(text) is { } some)
                found.Add(new FoundRow(row.Text(0), some, row.Text(1)));
        });
        return found;
    }

    /// <summary>Writes the row without personal data, or removes it where it is only there to save work.</summary>
    public void Mend(WriteTransaction transaction, FoundRow row, Func<string, string> redact) =>
        transaction.Execute(Update, Rewrite(row.Text, redact), row.Key);
}
