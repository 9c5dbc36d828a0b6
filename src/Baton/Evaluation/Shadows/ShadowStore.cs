using System.Text.Json;
using Baton.Gateway.Money;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Evaluation.Shadows;

/// <summary>
/// Shadows and their pairs. One runs at a time; begin and end are events (<c>ShadowChanged</c>, stream
/// <c>operations/shadow</c>). Nothing that customers wrote is in here.
/// </summary>
/// <param name="clear">Who and why are typed by people.</param>
internal sealed class ShadowStore(Database database, ClearText clear)
{
    private const string Stream = "operations/shadow", Product = "baton";

    private const string Columns = "id, candidate, plan, state, changed_by, why, started_ms, ended_ms";

    /// <summary>The most pairs that a report reads, newest first.</summary>
    private const long MostPairs = 200_000;

    /// <summary>The one that runs; null when none does.</summary>
    public Shadow? Running() => database.Read(Running);

    public static Shadow? Running(ReadConnection connection) =>
        connection.First($"select {Columns} from shadows where state = 'running' limit 1", Map);

    /// <summary>Whether nobody is answered now.</summary>
    public bool Silences() => database.Read(c => c.Number(
        "select 1 from shadows where state = 'running' and silences = 1 limit 1")) is not null;

    /// <summary>Newest first.</summary>
    public List<Shadow> List(int most) => database.Read(c => c.Query(
        $"select {Columns} from shadows order by started_ms desc, id desc limit $1", Map, (long)most));

    /// <summary>Begins one; null when another one runs.</summary>
    /// <param name="candidate">A version that is kept.</param>
    public Task<Shadow?> StartAsync(
        string candidate, ShadowPlan plan, string by, string why, CancellationToken cancellationToken)
    {
        var now = database.Clock.GetUtcNow();
        var shadow = new Shadow(
            $"sh_{Guid.CreateVersion7(now):N}", candidate, plan, ShadowState.Running, clear(by), clear(why), now, null);
        return database.WriteAsync(transaction =>
        {
            transaction.Lock(Stream);
            if (Running(transaction) is not null) return null;
            transaction.Execute(
                """
                insert into shadows (id, candidate, plan, state, silences, changed_by, why, started_ms, until_ms, ended_ms)
                values ($1, $2, $3, 'running', $4, $5, $6, $7, $8, null)
                """,
                shadow.Id, candidate, JsonSerializer.Serialize(plan), plan.Only, shadow.By, shadow.Why,
                SqlValue.Ms(now),
                plan.Until is { } until ? SqlValue.Ms(until) : default);
            Append(transaction, shadow, "started");
            return shadow;
        }, cancellationToken);
    }

    /// <summary>A person ends it, or its time does; null when it does not run.</summary>
    public Task<Shadow?> EndAsync(
        string id, ShadowState state, string? by, string why, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            transaction.Lock(Stream);
            if (Running(transaction) is not { } shadow || shadow.Id != id) return null;
            var now = database.Clock.GetUtcNow();
            shadow = shadow with { State = state, By = clear(by ?? Product), Why = clear(why), EndedAt = now };
            transaction.Execute(
                "update shadows set state = $1, changed_by = $2, why = $3, ended_ms = $4 where id = $5",
                EnumWords.Of(state), shadow.By, shadow.Why, SqlValue.Ms(now), shadow.Id);
            Append(transaction, shadow, EnumWords.Of(state));
            return shadow;
        }, cancellationToken);

    /// <summary>Counts a message that the shadow did not decide.</summary>
    public static void Drop(WriteTransaction transaction, string id, string reason) => transaction.Execute(
        """
        insert into shadow_drops (shadow_id, reason, n) values ($1, $2, 1)
        on conflict (shadow_id, reason) do update set n = shadow_drops.n + 1
        """, id, reason);

    /// <summary>What was not decided, by reason.</summary>
    public IReadOnlyDictionary<string, long> Drops(string id) => database.Read(c => c.Query(
        "select reason, n from shadow_drops where shadow_id = $1 order by reason",
        row => (Reason: row.Text(0), N: row.Int64(1)), id)).ToDictionary(d => d.Reason, d => d.N);

    /// <summary>What the models of shadows have cost today, runs that failed included.</summary>
    public Usd SpentToday() => Usd.FromNanos(
        database.Read(c => ReceiptStore.Spent(c, ShadowAccount.Day(database.Clock.GetUtcNow()))));

    /// <summary>Keeps a pair; one that is kept already stays.</summary>
    public static void Keep(WriteTransaction transaction, string id, ShadowPair pair, DateTimeOffset at) =>
        transaction.Execute(
            """
            insert into shadow_pairs (shadow_id, conversation_id, turn, at_ms, intent, real_answers, own_answers, real_cost_usd,
                own_cost_usd, real_latency_ms, own_latency_ms)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict (shadow_id, conversation_id, turn) do nothing
            """,
            id, pair.Ticket, (long)pair.Turn, SqlValue.Ms(at), pair.Intent, JsonSerializer.Serialize(pair.Real),
            JsonSerializer.Serialize(pair.Own), pair.RealCostUsd, pair.OwnCostUsd, pair.RealLatencyMs,
            pair.OwnLatencyMs);

    /// <summary>
    /// People said of a turn whether a person was needed, before its pair is there or after. What was said last counts.
    /// </summary>
    public static void Judge(WriteTransaction transaction, string id, string ticket, int turn, bool needed) =>
        transaction.Execute(
            """
            insert into shadow_verdicts (shadow_id, conversation_id, turn, needed) values ($1, $2, $3, $4)
            on conflict (shadow_id, conversation_id, turn) do update set needed = excluded.needed
            """, id, ticket, (long)turn, needed);

    /// <summary>All pairs, with what people said in the labels where they said nothing in the ticket.</summary>
    public List<ShadowPair> Pairs(string id) => database.Read(c => c.Query(
        """
        select p.conversation_id, p.turn, p.intent, p.real_answers, p.own_answers, p.real_cost_usd, p.own_cost_usd, p.real_latency_ms,
            p.own_latency_ms, coalesce(v.needed, p.needed, case l.outcome when 'person' then 1 when 'answer' then 0 end)
        from shadow_pairs p left join shadow_verdicts v
            on v.shadow_id = p.shadow_id and v.conversation_id = p.conversation_id and v.turn = p.turn
        left join eval_labels l on l.conversation_id = p.conversation_id and p.turn = (
            select max(q.turn) from shadow_pairs q
            where q.shadow_id = p.shadow_id and q.conversation_id = p.conversation_id)
        where p.shadow_id = $1 order by p.at_ms desc, p.conversation_id limit $2
        """,
        row => new ShadowPair(row.Text(0), row.Int32(1), row.Text(2),
            JsonSerializer.Deserialize<StageAnswers>(row.Text(3))!,
            JsonSerializer.Deserialize<StageAnswers>(row.Text(4))!,
            row.Double(5), row.Double(6), row.Double(7), row.Double(8),
            row.Int64OrNull(9) is { } needed ? needed == 1 : null), id, MostPairs));

    private void Append(WriteTransaction transaction, Shadow shadow, string what) =>
        Ledger.Extend(transaction, Stream, new NewEvent("ShadowChanged", database.Clock.GetUtcNow(),
            JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
            {
                ["shadow"] = shadow.Id, ["what"] = what, ["candidate"] = shadow.Candidate, ["by"] = shadow.By,
                ["why"] = shadow.Why,
            })));

    private static Shadow Map(Row row) => new(
        row.Text(0), row.Text(1), JsonSerializer.Deserialize<ShadowPlan>(row.Text(2))!,
        EnumWords.Find<ShadowState>(row.Text(3)) ?? ShadowState.Stopped, row.Text(4), row.Text(5), row.Time(6),
        row.TimeOrNull(7));
}
