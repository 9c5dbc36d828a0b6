using Baton.Evaluation.Learning;
using Baton.Evaluation.Learning.Suggesting;
using Baton.Evaluation.Replaying;
using Baton.Evaluation.Results;
using Baton.Operations.Scheduling;
using Baton.Server.Cli.Evaluating.Kept;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;

namespace Baton.Server.Cli.Learning;

/// <summary>
/// While a server runs: looks weekly for gaps, collisions and suggestions, or when somebody asks; reminds monthly of
/// the
/// tickets that want a label, and quarterly of a larger set.
/// </summary>
internal sealed partial class LearningSchedule(
    Database database, Schedules schedules, Timers timers, Notices notices, LearningRun learning,
    CandidateReplay candidate,
    SuggestionStore suggestions, TicketLabels labels, EvaluationOptions options, ILogger<LearningSchedule> logger)
    : IHostedService
{
    /// <summary>Kind of the jobs, and names of what they are for.</summary>
    public const string Kind = "learning", Weekly = "learn-weekly", Now = "learn-now", Monthly = "label-monthly",
        Quarterly = "label-quarterly";

    private const string Operators = "operators";

    private const int MostListed = 1_000, LeastNew = 50, Tenth = 10;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SetAsync(Weekly, options.LearningCron, cancellationToken);
            await SetAsync(Monthly, options.LabelCron, cancellationToken);
            await SetAsync(Quarterly, options.EnlargeCron, cancellationToken);
        }
        catch (FormatException error)
        {
            LogUnusable(error.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Somebody asks for a look; one that waits already is enough.</summary>
    public Task AskAsync(CancellationToken cancellationToken) => database.WriteAsync(
        t => timers.Schedule(t, Now, Kind, database.Clock.GetUtcNow()), cancellationToken);

    /// <summary>One job, for what its key says.</summary>
    public async Task RunAsync(string name, CancellationToken cancellationToken)
    {
        if (name != Now && await schedules.FiredAsync(name, cancellationToken) is null) return;
        if (name is Weekly or Now)
        {
            await candidate.RunAsync(LearningRun.Days, cancellationToken);
            await learning.RunAsync(cancellationToken);
        }
        if (name == Weekly) await TellAsync(name, "Suggestions for the playbook",
            suggestions.List(SuggestionStore.Open, MostListed).Count, "suggestions wait for somebody to decide",
            cancellationToken);
        var wanted = name == Quarterly ? Math.Max(LeastNew, (int)labels.Count / Tenth) : LeastNew;
        if (name is Monthly or Quarterly) await TellAsync(name,
            name == Monthly ? "Tickets to label" : "The labelled tickets should grow",
            new GoldenGrowth(database, labels).Propose(wanted).Count,
            $"real tickets are proposed for labels beside {labels.Count} that have one: Quality, Labels, or `baton eval grow`",
            cancellationToken);
    }

    private Task SetAsync(string name, string cron, CancellationToken cancellationToken) => cron.Length > 0
        ? schedules.SetAsync(name, Kind, cron, options.TimeZone, cancellationToken)
        : schedules.RemoveAsync(name, Kind, cancellationToken);

    private Task TellAsync(string name, string title, int count, string text, CancellationToken cancellationToken) =>
        count == 0 ? Task.CompletedTask : database.WriteAsync(t => notices.Raise(t, new Notice
        {
            To = Operators, Urgency = NoticeUrgency.Low, Group = name, Title = title, Text = $"{count} {text}",
        }), cancellationToken);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nothing is learnt by the calendar: {Problem}")]
    private partial void LogUnusable(string problem);
}
