using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Evaluation.Scoring;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Evaluation.Results;

/// <summary>A run that was kept.</summary>
/// <param name="Sampled">Seed of the sample; null where all tickets were run.</param>
/// <param name="Verdict"><c>pass</c>, <c>fail</c>, <c>undecided</c>; null where no gate was held.</param>
/// <param name="Figures">The JSON of the run.</param>
public sealed record KeptRun(
    string Id, DateTimeOffset At, string Playbook, string Set, int Tickets, int Runs, int? Sampled, string? Verdict,
    JsonObject Figures)
{
    /// <summary>A metric of all tickets; null where it was not measured.</summary>
    public (double Value, double? Low, double? High)? Figure(string metric) =>
        Figures["metrics"]?[metric] is JsonObject m && m["value"]?.GetValue<double>() is { } value
            ? (value, m["low"]?.GetValue<double>(), m["high"]?.GetValue<double>()) : null;
}

/// <summary>What one ticket came to in a kept run.</summary>
/// <param name="Answer">How good the answer was; <c>none</c> where there was none.</param>
public sealed record KeptOutcome(string Due, string Got, string Answer, bool Good);

/// <summary>Kept runs: figures and what each ticket came to. Nothing that customers wrote is in them.</summary>
internal sealed class EvaluationResults(Database database)
{
    private const string Columns = "id, at_ms, playbook, set_name, tickets, runs, sampled, verdict, figures";

    /// <summary>The newest ones first.</summary>
    public List<KeptRun> List(int most) => database.Read(c => c.Query(
        $"select {Columns} from eval_runs order by at_ms desc, id desc limit $1", Map, (long)most));

    /// <summary>By id; null when there is none.</summary>
    public KeptRun? Find(string id) =>
        database.Read(c => c.First($"select {Columns} from eval_runs where id = $1", Map, id));

    /// <summary>What each ticket of a run came to.</summary>
    public IReadOnlyDictionary<string, KeptOutcome> Outcomes(string id) =>
        JsonSerializer.Deserialize<Dictionary<string, KeptOutcome>>(database.Read(c =>
            c.First("select outcomes from eval_runs where id = $1", row => row.Text(0), id)) ?? "{}")!;

    /// <summary>Tickets that came out differently in two runs, by id.</summary>
    public IReadOnlyList<(string Ticket, KeptOutcome Before, KeptOutcome After)> Changed(string before, string after)
    {
        var then = Outcomes(after);
        return
        [
            .. Outcomes(before).Where(o => then.TryGetValue(o.Key, out var now) && now != o.Value)
                .OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => (o.Key, o.Value, then[o.Key])),
        ];
    }

    /// <summary>Keeps a run and gives its id.</summary>
    public async Task<string> KeepAsync(
        EvaluationRun run, int? sampled, string? verdict, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(database.Clock.GetUtcNow()).ToString("N");
        var outcomes = JsonSerializer.Serialize(run.Tickets.ToDictionary(t => t.Ticket.Judged.Id, t => new KeptOutcome(
            t.Ticket.Judged.Due, t.Ticket.Judged.Got, EnumWords.Of(t.Ticket.Judged.Answer),
            t.Good == run.Runs)));
        var figures = run.ToJson().ToJsonString();
        await database.WriteAsync(transaction => transaction.Execute(
            $"insert into eval_runs ({Columns}, outcomes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            id, SqlValue.Ms(database.Clock.GetUtcNow()), run.Playbook, run.Set, run.Tickets.Count, run.Runs,
            (long?)sampled, verdict, figures, outcomes), cancellationToken);
        return id;
    }

    private static KeptRun Map(Row row) => new(
        row.Text(0), row.Time(1), row.Text(2), row.Text(3), (int)row.Int64(4), (int)row.Int64(5),
        row.Int64OrNull(6) is { } seed ? (int)seed : null, row.TextOrNull(7), JsonNode.Parse(row.Text(8))!.AsObject());
}
