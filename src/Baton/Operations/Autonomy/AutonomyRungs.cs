using System.Globalization;
using System.Text.Json;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Operations.Autonomy;

/// <summary>How freely automation answers an intent, as a person set it.</summary>
/// <param name="Share">Of the conversations; the rest get a draft. 0 to 1.</param>
internal sealed record SetRung(
    string Intent, AutonomyRung Rung, double Share, string By, string Why, DateTimeOffset At);

/// <summary>
/// The ladder of autonomy at run time: what people set by intent, under the ceiling of the playbook. Every process sees
/// a change with its next turn; the change itself is an event.
/// </summary>
/// <param name="clear">Why is typed by people.</param>
internal sealed class AutonomyRungs(Database database, ClearText clear)
{
    private const string Stream = "operations/autonomy";

    private const int LongestName = 100, MostDigits = 4;

    private const string Columns = "intent, rung, share, changed_by, why, changed_at";

    /// <summary>What is set for an intent, or null: then the playbook alone decides.</summary>
    public SetRung? Find(string intent) => database.Read(c => Stopped(c, intent)
        ?? c.First($"select {Columns} from autonomy where intent = $1", Map, intent));

    /// <summary>A switch that stops the intent stands over what was set.</summary>
    private static SetRung? Stopped(ReadConnection connection, string intent) => connection.First(
        "select changed_by, why, changed_at from kill_switch_scopes where scope = 'intent' and name = $1",
        row => new SetRung(
            intent, AutonomyRung.Off, 1, row.Text(0), row.TextOrNull(1) ?? "stopped", row.Time(2)), intent);

    /// <summary>Everything that is set, by intent.</summary>
    public List<SetRung> List() => database.Read(c => c.Query($"select {Columns} from autonomy order by intent", Map));

    /// <summary>
    /// Whether it names a person or a machine and nothing that is personal beyond a name: it stays readable for good.
    /// </summary>
    public static bool IsName(string by) => by.Trim().Length is > 0 and <= LongestName
        && by.Count(char.IsAsciiDigit) <= MostDigits && by.All(c => char.IsLetterOrDigit(c) || " .:_'-".Contains(c));

    /// <summary>Sets it, with an event in the ledger in the same transaction.</summary>
    /// <param name="by">See <see cref="IsName"/>.</param>
    public Task SetAsync(
        string intent, AutonomyRung rung, double share, string by, string why, CancellationToken cancellationToken) =>
        !IsName(by) ? throw new ArgumentException($"'{by}' is no name", nameof(by)) : database.WriteAsync(transaction =>
        {
            var now = database.Clock.GetUtcNow();
            why = clear(why);
            var data = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
            {
                ["intent"] = intent, ["rung"] = EnumWords.Of(rung),
                ["share"] = share.ToString(CultureInfo.InvariantCulture), ["by"] = by, ["why"] = why,
            });
            Ledger.Extend(transaction, Stream,
                new NewEvent("AutonomyChanged", now, data));
            transaction.Execute(
                $"""
                insert into autonomy ({Columns}) values ($1, $2, $3, $4, $5, $6)
                on conflict (intent) do update set rung = $2, share = $3, changed_by = $4, why = $5, changed_at = $6
                """,
                intent, EnumWords.Of(rung), share, by, why, SqlValue.Ms(now));
        }, cancellationToken);

    private static SetRung Map(Row row) => new(
        row.Text(0), Enum.Parse<AutonomyRung>(row.Text(1), ignoreCase: true), row.Double(2), row.Text(3), row.Text(4),
        row.Time(5));
}
