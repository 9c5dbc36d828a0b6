using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.RawTexts;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Storage.Sealing;
using Baton.Tools.Running;

namespace Baton.Agents;

/// <summary>
/// Keeps what runs have done while their turn is not decided, sealed with the customer's key; afterwards it is gone.
/// </summary>
internal sealed class AgentRuns(Database database, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The run of a turn as it was kept, or a new one, and how many of its facts the ledger has.</summary>
    public (AgentLog Log, int Recorded) Load(AgentTask task) => database.Read(connection =>
    {
        if (Find(connection, task.ConversationId, task.Turn) is { } log)
            return (log, Recorded(connection, task.ConversationId, task.Turn, log) - log.Before);
        var begun = new AgentLog { Agent = task.Agent };
        // Of an earlier run whose log was erased.
        return (begun with { Before = Recorded(connection, task.ConversationId, task.Turn, begun) }, 0);
    });

    private static AgentLog? Find(ReadConnection connection, string ticket, int turn) => connection.First(
        "select key_id, sealed from agent_runs where conversation_id = $1 and turn = $2",
        row => connection.Keys.Find(row.Int64(0)) is { } key
            ? JsonSerializer.Deserialize<AgentLog>(Seal.Open(key, row.Utf8(1), Place(ticket, turn)), Options) : null,
        ticket, (long)turn);

    /// <summary>
    /// A stage writes all that its run did in one go, so what the ledger has of a turn is the beginning of its facts.
    /// A request that stands there alone was added by the turn, because the process had died before the run had it.
    /// </summary>
    private static int Recorded(ReadConnection connection, string ticket, int turn, AgentLog log)
    {
        var asked = log.Facts.Select(f => f.Read()).OfType<ConversationEvent.ApprovalRequested>()
            .Select(f => f.ApprovalId).ToHashSet();
        return Ledger.Read(connection, ticket).Count(e => ConversationJson.Read(e.Type, e.Data.Span) switch
        {
            ConversationEvent.AgentStepped fact => fact.Turn == turn,
            ConversationEvent.ToolCalled { Agent: not null } fact => fact.Turn == turn,
            ConversationEvent.ToolDenied fact => fact.Turn == turn,
            ConversationEvent.ApprovalRequested fact => fact.Turn == turn && asked.Contains(fact.ApprovalId),
            _ => false,
        });
    }

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
                transaction.Keys.Find(key)!, JsonSerializer.SerializeToUtf8Bytes(log, Options),
                Place(task.ConversationId, task.Turn)),
            SqlValue.Ms(clock.GetUtcNow()));
        return true;
    }, CancellationToken.None);

    /// <inheritdoc cref="FollowUp"/>
    public static IReadOnlyList<ConversationEvent> Follow(
        WriteTransaction transaction, Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        if (facts.OfType<ConversationEvent.DecisionMade>().LastOrDefault() is not { } made) return [];
        var left = transaction.Query(
            "select turn from agent_runs where conversation_id = $1 and turn < $2 order by turn", row => row.Int32(0),
            before.Id, (long)made.Turn).SelectMany(turn => LeftOf(transaction, before, turn)).ToList();
        Erase(transaction, before.Id);
        return left;
    }

    /// <summary>
    /// What a run did that no stage has told of, because the customer wrote before its turn was tried again: it
    /// happened all the same.
    /// </summary>
    private static List<ConversationEvent> LeftOf(WriteTransaction transaction, Conversation before, int turn)
    {
        List<ConversationEvent> left = Find(transaction, before.Id, turn) is not { } log ? []
            : [.. log.Facts.Skip(Recorded(transaction, before.Id, turn, log) - log.Before).Select(f => f.Read())];
        List<TicketAction> actions =
        [
            .. ToolEffects.Of(transaction, before.Id).Where(e => e.Turn == turn && e.Status != EffectStatus.Failed)
                .Where(e => e.Reference is null
                    || !before.Actions.Any(told => told.Tool == e.Tool && told.Reference == e.Reference))
                .Select(e => new TicketAction(
                    e.Agent, e.Tool, e.Status == EffectStatus.Done ? AgentCall.Done : AgentCall.Unclear, e.Reference,
                    e.Amount, e.Currency)),
        ];
        if (actions.Count > 0) left.Add(new ConversationEvent.ActionsFound(turn, actions));
        return left;
    }

    /// <summary>What runs of a ticket have done so far is gone; a run that goes on begins again.</summary>
    public static int Erase(WriteTransaction transaction, string ticket) =>
        transaction.Execute("delete from agent_runs where conversation_id = $1", ticket);

    private static string Place(string ticket, int turn) => $"agent run {ticket}/{turn}";
}
