using Baton.Evaluation.Gates;
using Baton.Evaluation.Production;
using Baton.Operations.Scheduling;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Playbooks.Gates;
using Baton.Server.Pages.Frame;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;

namespace Baton.Server.Cli.Evaluating.Kept;

/// <summary>
/// Runs a playbook's golden tickets while a server runs: all of them weekly, a fixed sample daily, and all at once when
/// a changed playbook waits for its gates. Results are kept; what fails is a notice.
/// </summary>
internal sealed partial class EvaluationSchedule(
    Database database, Schedules schedules, Timers timers, Notices notices, PlaybookOptions playbook,
    PlaybookVersions versions, DecisionScoring scoring, EvaluationOptions options, TimeProvider clock,
    ILogger<EvaluationSchedule> logger)
    : IHostedService
{
    /// <summary>Kind of the jobs, and names of what they are for.</summary>
    public const string Kind = "evaluation", Weekly = "eval-weekly", Daily = "eval-daily", Candidate = "eval-candidate",
        Scores = "eval-scores";

    private const string Operators = "operators";

    private string Golden => EvalOptions.SetOf(null, playbook.Directory);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        versions.Proposed = (transaction, version) =>
            timers.Schedule(transaction, Candidate, Kind, clock.GetUtcNow(), version);
        try
        {
            await SetAsync(Weekly, options.WeeklyCron, cancellationToken);
            await SetAsync(Daily, options.DailyCron, cancellationToken);
            await SetAsync(Scores, options.ScoresCron, cancellationToken);
        }
        catch (FormatException error)
        {
            LogUnusable(error.Message);
        }
        if (versions.State()?.Candidate is { } waiting && File.Exists(Golden))
            await database.WriteAsync(t => versions.Proposed(t, waiting), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>One run, for what its key says.</summary>
    public async Task RunAsync(string name, CancellationToken cancellationToken)
    {
        if (name != Candidate && await schedules.FiredAsync(name, cancellationToken) is null) return;
        if (name == Scores)
        {
            await ScoreAsync(cancellationToken);
            return;
        }
        if (!File.Exists(Golden) || (name == Candidate && versions.State()?.Candidate is null)) return;
        var plan = new EvaluationPlan(Golden, playbook.Directory, playbook.ModelsFile, 1,
            name == Daily ? options.DailyTickets : null, options.Seed);
        var file = Path.Combine(playbook.Directory, "evals", "gates.yaml");
        IReadOnlyList<FigureGate> gates = File.Exists(file) ? EvalGate.Gates(file) : [];
        var run = (await TicketEvaluation.RunAsync(plan, quiet: true, cancellationToken)).Run;
        var outcomes = gates.Count == 0 ? null : GateJudge.Judge(gates, run);
        await KeptResults.KeepAsync(database, versions, playbook.Directory, playbook.ModelsFile, run, outcomes,
            plan.Sample is null ? null : plan.Seed, cancellationToken);
        if (outcomes is not null && GateJudge.ExitCode(outcomes) != 0)
            await TellAsync(name, run.Playbook, outcomes, cancellationToken);
    }

    /// <summary>
    /// A day that people have had a day to say something about; then all weeks are looked at for a fall.
    /// </summary>
    private async Task ScoreAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var day = now.AddTicks(-now.TimeOfDay.Ticks).AddDays(-2);
        await scoring.RunAsync(day, day.AddDays(1), options.Scores, cancellationToken);
        foreach (var trend in ProductionTrend.All(database))
            if (trend.FellIn is { } week && !WasTold($"scores/{trend.Name}/{week:yyyy-MM-dd}"))
                await database.WriteAsync(t => notices.Raise(t, new Notice
                {
                    To = Operators, Urgency = NoticeUrgency.High, Group = $"scores/{trend.Name}/{week:yyyy-MM-dd}",
                    Title = $"{PageText.Spaced(trend.Name)} has fallen",
                    Text = $"The week from {week:yyyy-MM-dd} is below the first {FallDetector.Weeks} weeks; the page Quality, "
                        + "Production shows the series, and the playbook's changes are on the page Quality.",
                }), cancellationToken);
    }

    /// <summary>A week is told once, also when somebody has closed the notice since.</summary>
    private bool WasTold(string group) => database.Read(
        c => c.Number("select 1 from notices where group_key = $1 limit 1", group)) is not null;

    private Task SetAsync(string name, string cron, CancellationToken cancellationToken) =>
        cron.Length == 0 ? schedules.RemoveAsync(name, Kind, cancellationToken)
            // The calendar is everybody's: another process may have the tickets that this one has not.
            : name == Scores || File.Exists(Golden)
                ? schedules.SetAsync(name, Kind, cron, options.TimeZone, cancellationToken)
                : Task.CompletedTask;

    private Task TellAsync(
        string name, string version, IReadOnlyList<GateOutcome> outcomes, CancellationToken cancellationToken) =>
        database.WriteAsync(t => notices.Raise(t, new Notice
        {
            To = Operators,
            Urgency = NoticeUrgency.Normal,
            Group = $"{name}/{version[..8]}",
            Title = name == Candidate ? "A changed playbook waits: its gates are not passed"
                : "Golden tickets no longer pass the gates",
            Text = string.Join("; ", outcomes.Where(o => o.IsHeld && o.Verdict != GateVerdictKind.Pass)
                .Select(o => $"{o.Name}: {EnumWords.Of(o.Verdict)}, {o.Why}")),
        }), cancellationToken);

    [LoggerMessage(Level = LogLevel.Error, Message = "Golden tickets are not run by the calendar: {Problem}")]
    private partial void LogUnusable(string problem);
}
