using Baton.Playbooks;
using Baton.Storage;
using Baton.Tools.Authority;

namespace Baton.Tools.Running;

/// <summary>
/// What is known of an effect. The row is written before the call, so that a death between leaves a trace.
/// </summary>
internal sealed record ToolEffect
{
    public required string Key { get; init; }

    public required string ConversationId { get; init; }

    public int Turn { get; init; }

    public required string Agent { get; init; }

    public required string Tool { get; init; }

    public string? CustomerId { get; init; }

    public required string InputDigest { get; init; }

    public EffectStatus Status { get; init; }

    public decimal? Amount { get; init; }

    public string? Currency { get; init; }

    public string? Reference { get; init; }

    /// <summary>How often the tool was asked for it, from 1.</summary>
    public int Attempts { get; init; } = 1;

    public required DateTimeOffset StartedAt { get; init; }
}

/// <summary>How an effect stands.</summary>
internal enum EffectStatus
{
    /// <summary>The tool is being asked, or was when the process died.</summary>
    Started,

    Done,

    /// <summary>It surely did not happen.</summary>
    Failed,

    /// <summary>Nobody knows; a person has to look.</summary>
    Unknown,
}

/// <summary>SQL of the table of effects.</summary>
internal static class ToolEffects
{
    /// <summary>Amounts are kept exactly, in ten-thousandths.</summary>
    private const decimal Parts = 10_000;

    public static ToolEffect? Find(ReadConnection connection, string key) => connection.First(
        $"{Select} where effect_key = $1", Map, key);

    /// <summary>The effects of a ticket, oldest first.</summary>
    public static List<ToolEffect> Of(ReadConnection connection, string conversationId) => connection.Query(
        $"{Select} where conversation_id = $1 order by started_at_ms, effect_key", Map, conversationId);

    /// <summary>Writes down what is about to be asked for; again for a further attempt.</summary>
    public static void Start(WriteTransaction transaction, ToolEffect effect) => transaction.Execute(
        """
        insert into tool_effects (effect_key, conversation_id, turn, agent, tool, customer_id, input_digest, status,
            amount_parts, currency, attempts, started_at_ms)
        values ($1, $2, $3, $4, $5, $6, $7, 'started', $8, $9, 1, $10)
        on conflict (effect_key) do update set status = 'started', attempts = tool_effects.attempts + 1,
            input_digest = $7, amount_parts = $8, currency = $9, started_at_ms = $10
        """,
        effect.Key, effect.ConversationId, (long)effect.Turn, effect.Agent, effect.Tool, effect.CustomerId,
        effect.InputDigest, ToParts(effect.Amount), effect.Currency, SqlValue.Ms(effect.StartedAt));

    /// <summary>Writes down how it ended.</summary>
    public static void End(
        WriteTransaction transaction, string key, EffectStatus status, string? reference, decimal? amount,
        string? currency, DateTimeOffset at) => transaction.Execute(
        """
        update tool_effects set status = $2, reference = $3, amount_parts = coalesce($4, amount_parts),
            currency = coalesce($5, currency), ended_at_ms = $6
        where effect_key = $1
        """,
        key, EnumWords.Of(status), reference, ToParts(amount), currency, SqlValue.Ms(at));

    /// <summary>What was done with a tool before, this effect left out; what failed does not count.</summary>
    public static ToolUsage Usage(
        ReadConnection connection, Tool tool, ToolCall call, string? customerId, string key, DateTimeOffset now)
    {
        var since = SqlValue.Ms(now.AddDays(-1));
        return new ToolUsage(
            connection.First(
                """
                select count(*), coalesce(sum(amount_parts), 0) from tool_effects
                where conversation_id = $1 and tool = $2 and effect_key <> $3 and status <> 'failed'
                """,
                ReadUsed, call.ConversationId, tool.Name, key),
            customerId is null ? default : connection.First(
                """
                select count(*), coalesce(sum(amount_parts), 0) from tool_effects
                where customer_id = $1 and tool = $2 and effect_key <> $3 and status <> 'failed' and started_at_ms > $4
                """,
                ReadUsed, customerId, tool.Name, key, since),
            connection.First(
                """
                select count(*), coalesce(sum(amount_parts), 0) from tool_effects
                where tool = $1 and effect_key <> $2 and status <> 'failed' and started_at_ms > $3
                """,
                ReadUsed, tool.Name, key, since));
    }

    /// <summary>Money that an agent has moved in a ticket, this effect left out.</summary>
    public static decimal Moved(ReadConnection connection, ToolCall call, string key) => (connection.Number(
        """
        select coalesce(sum(amount_parts), 0) from tool_effects
        where conversation_id = $1 and agent = $2 and effect_key <> $3 and status <> 'failed'
        """,
        call.ConversationId, call.Agent, key) ?? 0) / Parts;

    private const string Select = """
        select effect_key, conversation_id, turn, agent, tool, customer_id, input_digest, status, amount_parts,
            currency, reference, attempts, started_at_ms
        from tool_effects
        """;

    private static ToolEffect Map(Row row) => new()
    {
        Key = row.Text(0), ConversationId = row.Text(1), Turn = row.Int32(2), Agent = row.Text(3), Tool = row.Text(4),
        CustomerId = row.TextOrNull(5), InputDigest = row.Text(6),
        Status = EnumWords.Find<EffectStatus>(row.Text(7)) ?? EffectStatus.Unknown,
        Amount = row.IsNull(8) ? null : row.Int64(8) / Parts, Currency = row.TextOrNull(9),
        Reference = row.TextOrNull(10), Attempts = row.Int32(11), StartedAt = row.Time(12),
    };

    private static Used ReadUsed(Row row) => new(row.Int32(0), row.Int64(1) / Parts);

    private static SqlValue ToParts(decimal? amount) =>
        amount is { } value ? (long)decimal.Round(value * Parts) : default(SqlValue);
}
