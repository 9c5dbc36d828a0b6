using System.Text.Json.Nodes;
using Baton.Storage;

namespace Baton.Evaluation.Learning;

/// <summary>What was found when somebody last looked, so that a page need not look again.</summary>
internal sealed class Learned(Database database)
{
    public const string Gaps = "gaps", Collisions = "collisions", Replay = "replay";

    /// <summary>The last of a kind; null where nobody has looked.</summary>
    public (JsonObject Found, DateTimeOffset At)? Last(string kind) => database.Read(c => c.First<(JsonObject,
        DateTimeOffset)?>(
        "select found, at_ms from learned where kind = $1",
        row => (JsonNode.Parse(row.Text(0))!.AsObject(), row.Time(1)), kind));

    public Task KeepAsync(string kind, JsonObject found, CancellationToken cancellationToken)
    {
        var text = found.ToJsonString();
        return database.WriteAsync(t => t.Execute(
            """
            insert into learned (kind, at_ms, found) values ($1, $2, $3)
            on conflict (kind) do update set at_ms = $2, found = $3
            """, kind, SqlValue.Ms(database.Clock.GetUtcNow()), text), cancellationToken);
    }

    /// <summary>Findings that name a ticket go whole; the next look makes them again, without it.</summary>
    public static int Erase(WriteTransaction transaction, string ticket) => transaction.Execute(
        "delete from learned where found like $1 escape '!'", Naming(ticket));

    /// <summary>A pattern for JSON in which an id stands as a text of its own.</summary>
    internal static string Naming(string ticket)
    {
        var written = JsonValue.Create(ticket).ToJsonString();
        return $"%{written.Replace("!", "!!").Replace("%", "!%").Replace("_", "!_")}%";
    }
}
