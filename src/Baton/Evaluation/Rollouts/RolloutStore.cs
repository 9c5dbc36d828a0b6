using System.Globalization;
using System.Text.Json;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Storage.Outgoing;

namespace Baton.Evaluation.Rollouts;

/// <summary>
/// Roll-outs in the database. There is one at a time, every process follows it, and each change of it is an event
/// (<c>CanaryChanged</c>, stream <c>operations/rollout</c>).
/// </summary>
/// <param name="clear">Who and why are typed by people.</param>
internal sealed class RolloutStore(Database database, PlaybookVersions versions, Notices notices, ClearText clear)
{
    private const string Stream = "operations/rollout", Product = "baton", Operators = "operators";

    private const string Columns =
        "id, candidate, control, plan, state, step, changed_by, why, started_ms, step_ms, ended_ms, shares, verdict";

    /// <summary>The one that is running or paused; null when there is none.</summary>
    public Rollout? Open() => database.Read(Open);

    /// <inheritdoc cref="Open()"/>
    public static Rollout? Open(ReadConnection connection) => connection.First(
        $"select {Columns} from rollouts where state in ('running', 'paused') order by started_ms desc limit 1", Map);

    /// <summary>Newest first.</summary>
    public List<Rollout> List(int most) => database.Read(c => c.Query(
        $"select {Columns} from rollouts order by started_ms desc, id desc limit $1", Map, (long)most));

    public static Rollout? Find(ReadConnection connection, string id) =>
        connection.First($"select {Columns} from rollouts where id = $1", Map, id);

    /// <summary>What became of the tickets of a roll-out, by arm and share.</summary>
    public List<ArmFigures> Arms(string id) => database.Read(c => ArmFigures.Read(c, id));

    /// <summary>Begins one; null when another one is open.</summary>
    /// <param name="candidate">A version that is kept.</param>
    public Task<Rollout?> StartAsync(
        string candidate, string control, RolloutPlan plan, string by, string why, CancellationToken cancellationToken)
    {
        var now = database.Clock.GetUtcNow();
        var rollout = new Rollout($"ro_{Guid.CreateVersion7(now):N}", candidate, control, plan, RolloutState.Running, 0,
            clear(by), clear(why), now, now, null);
        rollout = rollout with { Shares = [new DrawnShare(now.ToUnixTimeMilliseconds(), rollout.Share)] };
        return database.WriteAsync(transaction =>
        {
            transaction.Lock(Stream);
            if (Open(transaction) is not null) return null;
            transaction.Execute(
                $"insert into rollouts ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null, $11, null)",
                rollout.Id, candidate, control, JsonSerializer.Serialize(plan), EnumWords.Of(rollout.State), 0L,
                rollout.By, rollout.Why, SqlValue.Ms(now), SqlValue.Ms(now), JsonSerializer.Serialize(rollout.Shares));
            Append(transaction, rollout, "started");
            return rollout;
        }, cancellationToken);
    }

    /// <summary>A person changes the one that they see; null when it has ended, or cannot be.</summary>
    public Task<Rollout?> ChangeAsync(
        string id, RolloutState state, string by, string why, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            transaction.Lock(Stream);
            return Find(transaction, id) is { IsOpen: true } open && open.State != state
                ? Set(transaction, open, state, open.Step, clear(by), clear(why)) : null;
        }, cancellationToken);

    /// <summary>Whether the next share is due; reads only.</summary>
    public bool IsDue(Rollout rollout) =>
        database.Read(c => rollout.IsDue(database.Clock.GetUtcNow(), Candidates(c, rollout.Id)));

    /// <summary>The next share, or the end, when it is due. Whoever comes first does it.</summary>
    public Task<Rollout?> AdvanceAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            transaction.Lock(Stream);
            if (Find(transaction, id) is not { } rollout
                || !rollout.IsDue(database.Clock.GetUtcNow(), Candidates(transaction, id))) return null;
            // Evidence that came since the last decision counts as well.
            if (Halt(transaction, rollout) is { } halted) return halted;
            if (rollout.Step + 1 < rollout.Plan.Ramp.Count)
                return Set(transaction, rollout, RolloutState.Running, rollout.Step + 1, Product, "held as long as planned");
            if (rollout.Plan.Ramp[^1] < 1) return null;
            var completed = Set(transaction, rollout, RolloutState.Completed, rollout.Step, Product, "all shares were held");
            versions.Activate(transaction, rollout.Candidate, "rollout", Product, $"roll-out {id} completed");
            return completed;
        }, cancellationToken);

    /// <summary>Ends it when a guard says so, in the transaction of what the guard counts.</summary>
    public Rollout? Halt(WriteTransaction transaction, Rollout rollout)
    {
        var worst = GuardReading.All(rollout.Plan, ArmFigures.Read(transaction, rollout.Id))
            .MaxBy(reading => reading.Evidence);
        if (worst is null || worst.Evidence < rollout.Plan.Bar) return null;
        transaction.Lock(Stream);
        if (Find(transaction, rollout.Id) is not { State: RolloutState.Running }) return null;
        var halted = Set(transaction, rollout, RolloutState.Halted, rollout.Step, Product, worst.Why);
        notices.Raise(transaction, new Notice
        {
            To = Operators, Urgency = NoticeUrgency.High, Group = $"rollout/{rollout.Id}",
            Title = "A roll-out was halted and rolled back",
            Text = $"{worst.Why}. Every ticket has {rollout.Control[..8]} again.",
        });
        return halted;
    }

    /// <summary>Whether a comparison has what its verdict needs, and none yet; reads only.</summary>
    public bool IsConcluded(Rollout rollout) => rollout is { Plan.Comparison: { } ab, Verdict: null }
        && ArmVerdict.Of(ab, Arms(rollout.Id)).IsFinal;

    /// <summary>
    /// Makes the verdict of a comparison when it can be, and keeps it: a second look would be a second chance to err.
    /// </summary>
    public void Conclude(WriteTransaction transaction, Rollout rollout)
    {
        if (rollout.Plan.Comparison is not { } ab || rollout.Verdict is not null) return;
        var verdict = ArmVerdict.Of(ab, ArmFigures.Read(transaction, rollout.Id));
        if (!verdict.IsFinal) return;
        transaction.Lock(Stream);
        if (Find(transaction, rollout.Id) is not { Verdict: null } open) return;
        transaction.Execute(
            "update rollouts set verdict = $1 where id = $2", JsonSerializer.Serialize(verdict), rollout.Id);
        Append(transaction, open with { By = Product, Why = $"{verdict.Word}: {verdict.Why}" }, "concluded");
    }

    /// <summary>Ends it because something else happened.</summary>
    public Task StopAsync(string id, string why, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            transaction.Lock(Stream);
            if (Find(transaction, id) is { IsOpen: true } rollout)
                Set(transaction, rollout, RolloutState.Stopped, rollout.Step, Product, why);
        }, cancellationToken);

    private static long Candidates(ReadConnection connection, string id) => connection.Number(
        "select count(*) from rollout_tickets where rollout_id = $1 and candidate = 1", id) ?? 0;

    private Rollout Set(
        WriteTransaction transaction, Rollout rollout, RolloutState state, int step, string by, string why)
    {
        var now = database.Clock.GetUtcNow();
        var changed = rollout with
        {
            State = state, Step = step, By = by, Why = why, StepAt = now,
            EndedAt = state is RolloutState.Running or RolloutState.Paused ? null : now,
        };
        changed = changed with
        {
            Shares = [.. rollout.Shares, new DrawnShare(now.ToUnixTimeMilliseconds(), changed.Share)],
        };
        transaction.Execute(
            """
            update rollouts set state = $1, step = $2, changed_by = $3, why = $4, step_ms = $5, ended_ms = $6,
                shares = $8
            where id = $7
            """,
            EnumWords.Of(state), (long)step, by, why, SqlValue.Ms(now),
            changed.EndedAt is { } ended ? SqlValue.Ms(ended) : default, rollout.Id,
            JsonSerializer.Serialize(changed.Shares));
        Append(transaction, changed, state == rollout.State ? "grew"
            : state == RolloutState.Running ? "resumed" : EnumWords.Of(state));
        return changed;
    }

    private void Append(WriteTransaction transaction, Rollout rollout, string what) =>
        Ledger.Extend(transaction, Stream, new NewEvent("CanaryChanged", database.Clock.GetUtcNow(),
            JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
            {
                ["rollout"] = rollout.Id, ["what"] = what, ["candidate"] = rollout.Candidate,
                ["control"] = rollout.Control, ["share"] = rollout.Share.ToString(CultureInfo.InvariantCulture),
                ["by"] = rollout.By, ["why"] = rollout.Why,
            })));

    private static Rollout Map(Row row)
    {
        var rollout = new Rollout(
            row.Text(0), row.Text(1), row.Text(2), JsonSerializer.Deserialize<RolloutPlan>(row.Text(3))!,
            EnumWords.Find<RolloutState>(row.Text(4)) ?? RolloutState.Stopped, row.Int32(5), row.Text(6), row.Text(7),
            row.Time(8), row.Time(9), row.TimeOrNull(10))
        {
            Shares = JsonSerializer.Deserialize<List<DrawnShare>>(row.Text(11))!,
            Verdict = row.TextOrNull(12) is { } verdict ? JsonSerializer.Deserialize<ArmVerdict>(verdict) : null,
        };
        // One that an earlier version began: what it draws with now counts for all of it.
        return rollout.Shares.Count > 0 ? rollout
            : rollout with { Shares = [new DrawnShare(rollout.StartedAt.ToUnixTimeMilliseconds(), rollout.Share)] };
    }
}
