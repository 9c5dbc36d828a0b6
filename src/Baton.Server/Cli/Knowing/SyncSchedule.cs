using Baton.Playbooks;
using Baton.Playbooks.Imports;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;
using Baton.Text.Words;

namespace Baton.Server.Cli.Knowing;

/// <summary>
/// Imports the sources of <c>imports.yaml</c> again and again while a server runs, as a job; what was new, and what was
/// not activated and why, is a notice.
/// </summary>
internal sealed partial class SyncSchedule(
    Database database, Timers timers, Notices notices, PlaybookOptions playbook, TimeProvider clock,
    ILogger<SyncSchedule> logger) : IHostedService
{
    /// <summary>Kind and key of the one timer, and of its job.</summary>
    public const string Kind = "knowledge_sync", Key = "knowledge";

    private const string Operators = "operators";
    private const int LongestNotice = 2_000;

    /// <summary>
    /// A first look comes one interval after the start; a timer that is set stays, unless the interval became shorter.
    /// </summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ImportPolicy? policy;
        try
        {
            policy = KnowledgeSync.Policy(playbook.Directory);
        }
        catch (CliError error)
        {
            LogUnusable(error.Message);
            return Task.CompletedTask;
        }
        return database.WriteAsync(transaction =>
        {
            transaction.Lock(Key);
            if (policy is null) timers.Cancel(transaction, Key, Kind);
            else if (Timers.DueAt(transaction, Key, Kind) is not { } due || due > clock.GetUtcNow() + policy.Every)
                timers.Schedule(transaction, Key, Kind, clock.GetUtcNow() + policy.Every);
        }, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>One look, and the timer of the next, which is set first: a look that fails is no last one.</summary>
    public async Task SyncAsync(CancellationToken cancellationToken)
    {
        if (KnowledgeSync.Policy(playbook.Directory) is not { } policy) return;
        await database.WriteAsync(
            t => timers.Schedule(t, Key, Kind, clock.GetUtcNow() + policy.Every), cancellationToken);
        var outcome = await KnowledgeSync.RunAsync(playbook.Directory, policy, cancellationToken, quiet: true);
        if (!outcome.HasNews) return;
        var text = string.Join("; ", outcome.Lines());
        await database.WriteAsync(t => notices.Raise(t, new Notice
        {
            To = Operators,
            Urgency = NoticeUrgency.Normal,
            // Each look has its own: one that nobody has read must not keep back the next.
            Group = $"{Key}/{clock.GetUtcNow():yyyy-MM-dd}",
            Title = outcome.Activated is { Why: not null } ? "Imported articles were not activated"
                : outcome.Failed.Count > 0 ? "A source of articles cannot be read" : "Articles were imported",
            Text = CutText.Of(text, LongestNotice, "…")
                + ". `baton knowledge drafts` lists what waits.",
        }), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Articles are not imported on schedule: {Problem}")]
    private partial void LogUnusable(string problem);
}
