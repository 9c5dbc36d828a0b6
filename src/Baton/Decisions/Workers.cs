using Baton.Conversations;
using Baton.Storage;
using Baton.Storage.Jobs;
using Microsoft.Extensions.Logging;

namespace Baton.Decisions;

/// <summary>Works on turns and timers of one database until cancelled.</summary>
internal sealed class Workers(
    Database database, JobQueue jobs, Timers timers, TurnWorker turns, TimerJobs timerJobs, ILogger<JobWorker> logger)
{
    /// <summary>Runs until cancelled; running turns get time to finish.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var handlers = new Dictionary<string, JobHandler>(timerJobs.Handlers()) 
        {
            [Intake.TurnJob] = turns.HandleAsync, [LowPriorityLane.TurnJob] = turns.HandleAsync,
        };
        jobs.WhenDead(Intake.TurnJob, turns.HandOver);
        jobs.WhenDead(LowPriorityLane.TurnJob, turns.HandOver);
        var worker = new JobWorker(database, jobs, handlers, logger);
        try
        {
            await Task.WhenAll(worker.RunAsync(cancellationToken), timers.RunAsync(database, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested) { }
    }
}
