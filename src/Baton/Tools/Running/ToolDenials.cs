using Baton.Conversations;
using Baton.Storage;
using Baton.Storage.Outgoing;

namespace Baton.Tools.Running;

/// <summary>One call that was denied.</summary>
internal sealed record ToolDenial(
    string ConversationId, string Agent, string Tool, string Scope, string Clause, DateTimeOffset At);

/// <summary>Denials of one hour.</summary>
internal sealed record DenialCount(DateTimeOffset Hour, string Agent, string Clause, int Count);

/// <summary>
/// Keeps the denials of calls where people look, and raises the alarm for those that no honest agent causes. They come
/// from the ledger's own facts, whoever saved them.
/// </summary>
internal sealed class ToolDenials(Notices notices)
{
    /// <inheritdoc cref="FollowUp"/>
    public IReadOnlyList<ConversationEvent> Follow(
        WriteTransaction transaction, Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        foreach (var denied in facts.OfType<ConversationEvent.ToolDenied>())
        {
            var clause = denied.Clause ?? "";
            transaction.Execute(
                """
                insert into tool_denials (conversation_id, turn, agent, tool, scope, clause, at_ms)
                values ($1, $2, $3, $4, $5, $6, $7)
                """,
                before.Id, (long)denied.Turn, denied.Agent ?? "", denied.Tool, denied.Scope, clause, SqlValue.Ms(at));
            if (!DeniedClause.IsAttempt(denied.Clause)) continue;
            notices.Raise(transaction, new Notice
            {
                To = "operators", Urgency = NoticeUrgency.High, Group = $"tool-denied/{denied.Agent}/{clause}",
                Title = $"Agent {denied.Agent} tried what it may not: {denied.Tool}",
                Text = $"Clause {clause}: {denied.Why}. Ticket {before.Id}. Nothing was done. See the page Tools.",
            });
        }
        return [];
    }

    /// <summary>
    /// How many there were an hour, by clause: the series of the threshold, and of the page. Hours without one are left
    /// out.
    /// </summary>
    /// <param name="from">The hour it is in is counted in full.</param>
    public static List<DenialCount> Hourly(ReadConnection connection, DateTimeOffset from) => [.. connection.Query(
        """
        select at_ms - at_ms % 3600000 as hour_ms, agent, clause, count(*) from tool_denials
        where at_ms >= $1 group by hour_ms, agent, clause order by hour_ms, agent, clause
        """,
        row => new DenialCount(row.Time(0), row.Text(1), row.Text(2), (int)row.Int64(3)),
        SqlValue.Ms(from.AddTicks(-(from.UtcTicks % TimeSpan.TicksPerHour))))];

    /// <summary>Those since a moment, newest first.</summary>
    public static List<ToolDenial> Since(ReadConnection connection, DateTimeOffset since, int most) => connection.Query(
        """
        select conversation_id, agent, tool, scope, clause, at_ms from tool_denials
        where at_ms >= $1 order by at_ms desc limit $2
        """,
        row => new ToolDenial(
            row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Time(5)),
        SqlValue.Ms(since), (long)most);
}
