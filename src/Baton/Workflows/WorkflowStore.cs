using System.Globalization;
using System.Text;
using Baton.Conversations.RawTexts;
using Baton.Storage;
using Baton.Storage.Sealing;

namespace Baton.Workflows;

/// <summary>Keeps runs and their steps; a step is on the disk before the next one begins.</summary>
internal sealed class WorkflowStore(Database database)
{
    /// <summary>The run of that id, begun now if there is none, with the steps it has taken.</summary>
    public async Task<WorkflowRun> BeginAsync(
        string id, string conversationId, string workflow, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            transaction => transaction.Execute(
                """
                insert into workflow_runs (id, conversation_id, workflow, started_at, state)
                values ($1, $2, $3, $4, 'running') on conflict (id) do nothing
                """,
                id, conversationId, workflow, SqlValue.Ms(at)),
            cancellationToken);
        return Find(id)!;
    }

    public Task SaveAsync(WorkflowRun run, StepResult step, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => Save(transaction, run, step), cancellationToken);

    private static void Save(WriteTransaction transaction, WorkflowRun run, StepResult step)
    {
        // The customer's message is there already, and so is its key.
        var key = step.Output is null ? (long?)null : MessageKeys.For(transaction, run.ConversationId, null);
        var closed = key is not { } id ? null : Seal.Close(
            transaction.Keys.Find(id)!, Encoding.UTF8.GetBytes(step.Output!), Place(run.Id, step.Position));
        transaction.Execute(
            """
            insert into workflow_steps (run_id, position, name, agent, tool, state, note, reference, amount, currency,
                key_id, sealed, took_ms, ended_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            on conflict (run_id, position) do update set state = $6, note = $7, reference = $8, amount = $9,
                currency = $10, key_id = $11, sealed = $12, took_ms = $13, ended_at = $14
            """,
            run.Id, (long)step.Position, step.Name, step.Agent, step.Tool, step.State, step.Note, step.Reference,
            step.Amount?.ToString(CultureInfo.InvariantCulture), step.Currency, key, closed,
            (long)Math.Round(step.TookMs), SqlValue.Ms(step.EndedAt));
    }

    public Task EndAsync(
        string run, string state, string? why, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction => transaction.Execute(
                "update workflow_runs set state = $1, why = $2, ended_at = $3 where id = $4",
                state, why, SqlValue.Ms(at), run),
            cancellationToken);

    /// <summary>A run with its steps; null when there is none of that id.</summary>
    public WorkflowRun? Find(string id) => database.Read(connection => connection.First(
        "select id, conversation_id, workflow, started_at, ended_at, state, why from workflow_runs where id = $1",
        Run, id) is { } run ? WithSteps(connection, run) : null);

    /// <summary>The newest runs, newest first.</summary>
    public IReadOnlyList<WorkflowRun> Newest(int most) => database.Read(connection => connection.Query(
        """
        select id, conversation_id, workflow, started_at, ended_at, state, why from workflow_runs
        order by started_at desc, id limit $1
        """,
        Run, (long)most).ConvertAll(run => WithSteps(connection, run)));

    /// <summary>Runs of a ticket, oldest first.</summary>
    public IReadOnlyList<WorkflowRun> Of(string conversationId) => database.Read(connection => connection.Query(
        """
        select id, conversation_id, workflow, started_at, ended_at, state, why from workflow_runs
        where conversation_id = $1 order by started_at, id
        """,
        Run, conversationId).ConvertAll(run => WithSteps(connection, run)));

    /// <summary>Takes what tools have answered; which steps were taken stays.</summary>
    public static int Erase(WriteTransaction transaction, string ticket) => transaction.Execute(
        """
        update workflow_steps set key_id = null, sealed = null, note = null
        where sealed is not null and run_id in (select id from workflow_runs where conversation_id = $1)
        """,
        ticket);

    private static WorkflowRun Run(Row row) => new(
        row.Text(0), row.Text(1), row.Text(2), row.Time(3), row.TimeOrNull(4), row.Text(5), row.TextOrNull(6));

    private static WorkflowRun WithSteps(ReadConnection connection, WorkflowRun run) => run with
    {
        Steps = connection.Query(
            """
            select position, name, agent, state, tool, note, reference, amount, currency, key_id, sealed, took_ms,
                ended_at
            from workflow_steps where run_id = $1 order by position
            """,
            row => Step(connection, run.Id, row), run.Id),
    };

    private static StepResult Step(ReadConnection connection, string run, Row row) =>
        new(row.Int32(0), row.Text(1), row.Text(2), row.Text(3))
        {
            Tool = row.TextOrNull(4), Note = row.TextOrNull(5), Reference = row.TextOrNull(6),
            Amount = row.TextOrNull(7) is { } amount ? decimal.Parse(amount, CultureInfo.InvariantCulture) : null,
            Currency = row.TextOrNull(8), Output = Opened(connection, run, row), TookMs = row.Int64(11),
            EndedAt = row.Time(12),
        };

    /// <summary>Null where the tool said nothing, and where the customer's key was destroyed.</summary>
    private static string? Opened(ReadConnection connection, string run, Row row) =>
        !row.IsNull(9) && connection.Keys.Find(row.Int64(9)) is { } key
            ? Encoding.UTF8.GetString(Seal.Open(key, row.Utf8(10), Place(run, row.Int32(0)))) : null;

    private static string Place(string run, int position) => $"workflow {run} {position}";
}
