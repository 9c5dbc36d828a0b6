using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.RawTexts;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Storage.Sealing;

namespace Baton.Agents;

/// <summary>
/// Keeps what runs have done while their turn is not decided, sealed with the customer's key; afterwards it is gone.
/// </summary>
internal sealed class AgentRuns(Database database, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The run of a turn, null when it has not begun, and how many of its facts the ledger has.</summary>
    public (AgentLog? Log, int Recorded) Load(AgentTask task) => database.Read(connection =>
    {
        var log = connection.First(
            "select key_id, sealed from agent_runs where conversation_id = $1 and turn = $2",
            row => connection.Keys.Find(row.Int64(0)) is { } key
                ? JsonSerializer.Deserialize<AgentLog>(Seal.Open(key, row.Utf8(1), Place(task)), Options) : null,
            task.ConversationId, (long)task.Turn);
        return (log, log is null ? 0 : Recorded(connection, task));
    });

    /// <summary>
    /// A stage writes all that its run did in one go, so what the ledger has of a turn is the beginning of its facts.
    /// </summary>
    private static int Recorded(ReadConnection connection, AgentTask task) =>
        Ledger.Read(connection, task.ConversationId).Count(e => ConversationJson.Read(e.Type, e.Data.Span) switch
        {
            ConversationEvent.AgentStepped fact => fact.Turn == task.Turn,
            ConversationEvent.ToolCalled { Agent: not null } fact => fact.Turn == task.Turn,
            ConversationEvent.ToolDenied fact => fact.Turn == task.Turn,
            ConversationEvent.ApprovalRequested fact => fact.Turn == task.Turn,
            _ => false,
        });

    /// <summary>Keeps a run as it is now.</summary>
    public Task<bool> SaveAsync(AgentTask task, AgentLog log) => database.WriteAsync(transaction =>
    {
        var key = MessageKeys.For(transaction, task.ConversationId, task.CustomerId);
        transaction.Execute(
            """
            insert into agent_runs (conversation_id, turn, key_id, sealed, updated_at_ms) values ($1, $2, $3, $4, $5)
            on conflict (conversation_id, turn) do update set key_id = $3, sealed = $4, updated_at_ms = $5
            """,
            task.ConversationId, (long)task.Turn, key,
            Seal.Close(
                transaction.Keys.Find(key)!, JsonSerializer.SerializeToUtf8Bytes(log, Options), Place(task)),
            SqlValue.Ms(clock.GetUtcNow()));
        return true;
    }, CancellationToken.None);

    /// <inheritdoc cref="FollowUp"/>
    public static IReadOnlyList<ConversationEvent> Follow(
        WriteTransaction transaction, Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        foreach (var fact in facts)
            if (fact is ConversationEvent.DecisionMade)
                Erase(transaction, before.Id);
        return [];
    }

    /// <summary>What runs of a ticket have done so far is gone; a run that goes on begins again.</summary>
    public static int Erase(WriteTransaction transaction, string ticket) =>
        transaction.Execute("delete from agent_runs where conversation_id = $1", ticket);

    private static string Place(AgentTask task) => $"agent run {task.ConversationId}/{task.Turn}";
}
