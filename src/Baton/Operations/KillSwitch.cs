using System.Text.Json;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Operations;

/// <summary>Settings of the kill switch.</summary>
/// <param name="AgentMode">Value of <c>AGENT_MODE</c>; <c>disabled</c> wins over every other source.</param>
internal sealed record KillSwitchOptions(string? AgentMode);

/// <summary>State of the kill switch and who set it.</summary>
internal sealed record KillSwitchState(bool On, string By, string? Why, DateTimeOffset? Since);

/// <summary>What a switch stops.</summary>
public enum KillScope
{
    /// <summary>Automation as a whole.</summary>
    All,

    /// <summary>Everything on one channel: its customers get the fixed text.</summary>
    Channel,

    /// <summary>One intent: its tickets go to people.</summary>
    Intent,

    /// <summary>What one agent calls.</summary>
    Agent,

    /// <summary>One tool, whoever calls it.</summary>
    Tool,

    /// <summary>One provider of models: others are asked, or none.</summary>
    Provider,
}

/// <summary>A part that is stopped.</summary>
public sealed record StoppedPart(KillScope Scope, string Name, string By, string? Why, DateTimeOffset Since);

/// <summary>
/// Stops automation at once: one static reply, no model, no retrieval. The flag lives in the database, so every
/// process sees a change with its next turn; the change itself is an event.
/// </summary>
/// <param name="clear">Who and why are typed by people.</param>
internal sealed class KillSwitch(Database database, KillSwitchOptions options, ClearText clear)
{
    private const string Stream = "operations/kill-switch";

    /// <summary>Whether automation is stopped now.</summary>
    public KillSwitchState Read() => string.Equals(options.AgentMode, "disabled", StringComparison.OrdinalIgnoreCase)
        ? new KillSwitchState(true, "AGENT_MODE=disabled", "set in the environment", null)
        : database.Read(connection => connection.First(
            "select is_on, changed_by, why, changed_at from kill_switch where id = 1",
            row => new KillSwitchState(row.Bool(0), row.Text(1), row.TextOrNull(2), row.Time(3))))
            ?? new KillSwitchState(false, "nobody", null, null);

    /// <summary>The parts that are stopped.</summary>
    public List<StoppedPart> Parts() => database.Read(connection => connection.Query(
        "select scope, name, changed_by, why, changed_at from kill_switch_scopes order by scope, name", Map));

    /// <summary>Whether a part is stopped; null: it is not, as far as it does not hang on everything.</summary>
    public StoppedPart? Of(KillScope scope, string name) => database.Read(connection => connection.First(
        "select scope, name, changed_by, why, changed_at from kill_switch_scopes where scope = $1 and name = $2", Map,
        EnumWords.Of(scope), name));

    /// <summary>Stops a part or lets it go on, with an event in the same transaction.</summary>
    public Task SetAsync(
        bool on, KillScope scope, string name, string by, string? why, CancellationToken cancellationToken) =>
        scope == KillScope.All ? SetAsync(on, by, why, cancellationToken) : database.WriteAsync(transaction =>
        {
            var now = database.Clock.GetUtcNow();
            (by, why) = (clear(by), why is null ? null : clear(why));
            Ledger.Extend(transaction, Stream, new NewEvent("KillSwitchChanged", now,
                JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string?>
                {
                    ["on"] = on ? "true" : "false", ["scope"] = EnumWords.Of(scope), ["name"] = name, ["by"] = by,
                    ["why"] = why,
                })));
            transaction.Execute(
                "delete from kill_switch_scopes where scope = $1 and name = $2", EnumWords.Of(scope), name);
            if (on)
                transaction.Execute(
                    """
                    insert into kill_switch_scopes (scope, name, changed_by, why, changed_at)
                    values ($1, $2, $3, $4, $5)
                    """, EnumWords.Of(scope), name, by, why, SqlValue.Ms(now));
        }, cancellationToken);

    private static StoppedPart Map(Row row) => new(
        EnumWords.Find<KillScope>(row.Text(0)) ?? KillScope.All, row.Text(1), row.Text(2), row.TextOrNull(3),
        row.Time(4));

    /// <summary>Sets it, with an event in the ledger in the same transaction.</summary>
    public Task SetAsync(bool on, string by, string? why, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            var now = database.Clock.GetUtcNow();
            (by, why) = (clear(by), why is null ? null : clear(why));
            var data = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string?>
            {
                ["on"] = on ? "true" : "false", ["by"] = by, ["why"] = why,
            });
            Ledger.Extend(transaction, Stream,
                new NewEvent("KillSwitchChanged", now, data));
            transaction.Execute(
                """
                insert into kill_switch (id, is_on, changed_by, why, changed_at) values (1, $1, $2, $3, $4)
                on conflict (id) do update set is_on = $1, changed_by = $2, why = $3, changed_at = $4
                """,
                on, by, why, SqlValue.Ms(now));
        }, cancellationToken);
}
