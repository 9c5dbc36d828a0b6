using Baton.Conversations.Inbound;
using Baton.Storage;
using Baton.Storage.Jobs;
using Microsoft.Extensions.Logging;

namespace Baton.Decisions.Working;

/// <summary>Works on turns and timers of one database until cancelled.</summary>
internal sealed class Workers
{
    private readonly Database _database;
    private readonly JobQueue _jobs;
    private readonly Timers _timers;
    private readonly IntakeLoad _load;
    private readonly ILogger<JobWorker> _logger;
    private readonly Dictionary<string, JobHandler> _handlers = [];

    public Workers(
        Database database, JobQueue jobs, Timers timers, TurnWorker turns, TimerJobs timerJobs, IntakeLoad load,
        IEnumerable<JobKind> others, ILogger<JobWorker> logger)
    {
        (_database, _jobs, _timers, _load, _logger) = (database, jobs, timers, load, logger);
        // The one table of job kinds: what is done with a job, and what when it dies.
        foreach (var kind in (string[])[Intake.TurnJob, LowPriorityLane.TurnJob])
        {
            _handlers[kind] = turns.HandleAsync;
            jobs.WhenDead(kind, turns.HandOver);
        }
        foreach (var (kind, handle) in timerJobs.Handlers()) _handlers[kind] = handle;
        foreach (var other in others) _handlers[other.Name] = other.Handle;
        timers.Serve(_handlers.Keys);
    }

    /// <summary>What is done with a job, by its kind.</summary>
    public IReadOnlyDictionary<string, JobHandler> Handlers => _handlers;

    /// <summary>Runs until cancelled; running turns get time to finish.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var worker = new JobWorker(_database, _jobs, Handlers, _logger) { GiveWay = _load.GiveWayAsync };
        try
        {
            await Task.WhenAll(worker.RunAsync(cancellationToken), _timers.RunAsync(_database, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested) { }
    }
}
