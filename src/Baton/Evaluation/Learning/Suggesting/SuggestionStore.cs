using System.Text.Json;
using Baton.Playbooks;
using Baton.Operations;
using Baton.Storage;

namespace Baton.Evaluation.Learning.Suggesting;

/// <summary>A suggestion and what somebody made of it.</summary>
/// <param name="Verdict"><c>open</c>, <c>accepted</c> or <c>rejected</c>.</param>
/// <param name="By">Who decided; null while it is open.</param>
internal sealed record StoredSuggestion(LearntSuggestion Suggestion, string Verdict, string? By,
    DateTimeOffset FoundAt);

/// <summary>Suggestions until somebody decides, and afterwards: what was rejected is not asked again.</summary>
/// <param name="clear">An edited text is typed by people.</param>
internal sealed class SuggestionStore(Database database, ClearText clear)
{
    public const string Open = "open", Accepted = "accepted", Rejected = "rejected";

    private const int LongestText = 2_000;

    private const string Columns = "id, kind, target, said, why, tickets, found_ms, verdict, decided_by";

    /// <summary>Those with a verdict, the one that most tickets speak for first.</summary>
    /// <param name="verdict">Null: all of them.</param>
    public List<StoredSuggestion> List(string? verdict, int most) => database.Read(c => c.Query(
        $"""
        select {Columns} from suggestions where verdict = coalesce($1, verdict)
        order by length(tickets) desc, found_ms desc, id limit $2
        """, Map, verdict, (long)most));

    /// <summary>Takes in what was found; what is known keeps its text and verdict, and gets the tickets.</summary>
    /// <returns>How many were new.</returns>
    public Task<int> TakeAsync(IReadOnlyList<LearntSuggestion> found, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            var before = transaction.Number("select count(*) from suggestions") ?? 0;
            foreach (var s in found)
                transaction.Execute(
                    """
                    insert into suggestions (id, kind, target, said, why, tickets, found_ms, verdict)
                    values ($1, $2, $3, $4, $5, $6, $7, 'open') on conflict (id) do update set tickets = $6
                    """,
                    s.Id, EnumWords.Of(s.Kind), s.Target, clear(s.Text), s.Why, JsonSerializer.Serialize(s.Tickets),
                    SqlValue.Ms(database.Clock.GetUtcNow()));
            return (int)((transaction.Number("select count(*) from suggestions") ?? 0) - before);
        }, cancellationToken);

    /// <summary>Takes a verdict. Null when it was taken, else why not.</summary>
    /// <param name="verdict"><see cref="Open"/> takes an earlier one back.</param>
    /// <param name="text">What is added instead; null: as it was found.</param>
    public async Task<string?> DecideAsync(
        string id, string verdict, string? text, string by, CancellationToken cancellationToken)
    {
        if (verdict is not (Open or Accepted or Rejected)) return $"verdict is '{verdict}': use accepted, rejected or open";
        if (text is { Length: > LongestText }) return $"the text has {text.Length} characters: use at most {LongestText}";
        if (text is not null && string.IsNullOrWhiteSpace(text)) return "the text is empty: write what is to be added";
        if (text?.AsSpan().IndexOfAny('\n', '\r') >= 0) text = text.ReplaceLineEndings(" ");
        var changed = await database.WriteAsync(t =>
        {
            var now = database.Clock.GetUtcNow();
            var decided = t.Execute(
                """
                update suggestions set verdict = $2, said = coalesce($3, said), decided_by = $4, decided_ms = $5
                where id = $1
                """,
                id, verdict, text is null ? null : clear(text), verdict == Open ? null : clear(by), SqlValue.Ms(now));
            if (decided == 1)
                AccessRecord.Append(t, now, "SuggestionDecided",
                    ("suggestion", id), ("verdict", verdict), ("by", clear(by)));
            return decided;
        }, cancellationToken);
        return changed == 1 ? null : $"there is no suggestion '{id}'; baton suggestions list names them";
    }

    /// <summary>Suggestions that rest on a ticket: what was decided about them is in the ledger.</summary>
    public static int Erase(WriteTransaction transaction, string ticket) => transaction.Execute(
        "delete from suggestions where tickets like $1 escape '!'", Learned.Naming(ticket));

    private static StoredSuggestion Map(Row row) => new(
        new LearntSuggestion(
            Kinds[row.Text(1)], row.Text(2), row.Text(3), row.Text(4),
            JsonSerializer.Deserialize<List<string>>(row.Text(5))!) { Id = row.Text(0) },
        row.Text(7), row.TextOrNull(8), row.Time(6));

    private static readonly Dictionary<string, SuggestionKind> Kinds =
        Enum.GetValues<SuggestionKind>().ToDictionary(k => EnumWords.Of(k));
}
