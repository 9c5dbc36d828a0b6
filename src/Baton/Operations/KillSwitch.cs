using System.Text.Json;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Operations;

/// <summary>Settings of the kill switch.</summary>
/// <param name="AgentMode">Value of <c>AGENT_MODE</c>; <c>disabled</c> wins over every other source.</param>
internal sealed record KillSwitchOptions(string? AgentMode);

/// <summary>State of the kill switch and who set it.</summary>
internal sealed record KillSwitchState(bool On, string By, string? Why, DateTimeOffset? Since);

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
