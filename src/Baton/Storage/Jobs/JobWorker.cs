using System.Collections.Concurrent;
using System.Threading.Channels;
using Baton.Storage.Jobs.Dispatching;
using Microsoft.Extensions.Logging;

namespace Baton.Storage.Jobs;

/// <summary>
/// Does the work of one kind. It finishes the job with <see cref="JobQueue.Complete"/> in the transaction of its
/// outcome; a job that is neither finished nor failed when it returns is finished by the worker. The token is cancelled
/// when the worker stops or the lease is lost.
/// </summary>
internal delegate Task JobHandler(LeasedJob job, CancellationToken cancellationToken);

/// <summary>Runs the handlers of leased jobs side by side, keeps the leases alive, and records failures.</summary>
internal sealed partial class JobWorker : IWorkSeat
{
    private readonly Database _database;
    private readonly JobQueue _queue;
    private readonly IReadOnlyDictionary<string, JobHandler> _handlers;
    private readonly ILogger _logger;
    private readonly string _owner;
    private readonly Channel<HeldJob> _leased = Channel.CreateUnbounded<HeldJob>();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<HeldJob, bool> _held = new();
    private int _holding;

    /// <param name="database">Where the queue lives.</param>
    /// <param name="queue">Shared by everybody who adds jobs in this process, so that they wake this worker.</param>
    /// <param name="handlers">By <see cref="NewJob.Kind"/>. See <see cref="JobQueue.Postpone"/> for others.</param>
    /// <param name="logger">Failures of jobs and of the database.</param>
    /// <param name="owner">Who holds the leases; by default this process.</param>
    public JobWorker(
        Database database, JobQueue queue, IReadOnlyDictionary<string, JobHandler> handlers, ILogger logger,
        string? owner = null)
    {
        (_database, _queue, _handlers, _logger) = (database, queue, handlers, logger);
        _owner = owner ?? database.Liveness.Owner;
    }

    /// <summary>Awaited before every job: others may be in a greater hurry.</summary>
    public Func<CancellationToken, Task> GiveWay { get; init; } = _ => Task.CompletedTask;

    private JobOptions Options => _queue.Options;

    private int Room => Options.Concurrency + Options.Ahead - Volatile.Read(ref _holding);

    /// <summary>Works until cancelled, then lets running jobs finish for a while and gives the others back.</summary>
    /// <exception cref="StorageException">The database failed in a way that does not pass.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = new CancellationTokenSource();
        var clock = _database.Clock;
        var poll = TimeSpan.FromMilliseconds(Options.PollMs);
        using var tick = clock.CreateTimer(_ => Wake(), null, poll, poll);
        _queue.Changed += Wake;
        _database.Liveness.Start();
        var renewing = RenewLoop(stop.Token);
        Task[] runners = [.. Enumerable.Range(0, Options.Concurrency)
            .Select(_ => Task.Run(() => RunLoop(stop.Token), CancellationToken.None))];
        try
        {
            await RecoverAsync().ConfigureAwait(false);
            await _queue.Dispatch.RunAsync(this, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested) { }
        finally
        {
            _queue.Changed -= Wake;
            await ReturnUnstarted().ConfigureAwait(false);
            stop.CancelAfter(TimeSpan.FromMilliseconds(Options.StopMs));
            await Task.WhenAll(runners).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            await renewing.ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Leases one job that is due and runs it to its end; false when there is none. What the loops of
    /// <see cref="RunAsync"/> do side by side, for whoever decides the order of everything.
    /// </summary>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        if (!Reading(_queue.HasDue)) return false;
        if (await Try(t => _queue.Lease(t, _owner, 1)).ConfigureAwait(false) is not [var job]) return false;
        var held = Take(job);
        await RunOne(held, cancellationToken).ConfigureAwait(false);
        LetGo(held);
        return true;
    }

    /// <summary>Renews the leases that are held now: all that the loop does between two ticks.</summary>
    public Task RenewStepAsync() => RenewAll();

    private void Wake() => _wake.Writer.TryWrite(true);

    string IWorkSeat.Queue => _queue.Name;

    int IWorkSeat.Places => Options.Concurrency;

    async Task<bool> IWorkSeat.TakeDueAsync(TimeSpan missed)
    {
        // Half empty before the next lease, so that leases come in batches.
        if (Room <= Options.Ahead / 2 || !Reading(c => _queue.HasDue(c, missed))) return false;
        var room = Room;
        var jobs = await Try(t => _queue.Lease(t, _owner, room, missed)).ConfigureAwait(false) ?? [];
        foreach (var job in jobs) await HoldAsync(job).ConfigureAwait(false);
        return jobs.Count == room;
    }

    async Task<bool> IWorkSeat.RunFirstAsync(string? key)
    {
        var job = await Try(t => _queue.LeaseFirst(t, _owner, key)).ConfigureAwait(false);
        if (job is null && key is not null && Reading(c => _queue.Runs(c, key) is { } owner && HasDied(c, owner)))
        {
            await RecoverAsync().ConfigureAwait(false);
            job = await Try(t => _queue.LeaseFirst(t, _owner, key)).ConfigureAwait(false);
        }
        if (job is null) return false;
        if (await HoldAsync(job).ConfigureAwait(false) is { } held) await held.Ended.Task.ConfigureAwait(false);
        return true;
    }

    async ValueTask IWorkSeat.WokenAsync(CancellationToken cancellationToken) =>
        await _wake.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);

    private bool Reading(Func<ReadConnection, bool> look)
    {
        try
        {
            return _database.Read(look);
        }
        catch (StorageException error) when (error.IsTransient)
        {
            LogStorage(error);
            return false;
        }
    }

    /// <summary>Null when the worker has stopped meanwhile: the job is given back.</summary>
    private async Task<HeldJob?> HoldAsync(LeasedJob job)
    {
        var held = Take(job);
        if (_leased.Writer.TryWrite(held)) return held;
        await Try(t => { _queue.Release(t, job); return true; }).ConfigureAwait(false);
        LetGo(held);
        return null;
    }

    private HeldJob Take(LeasedJob job)
    {
        var held = new HeldJob(job);
        Interlocked.Increment(ref _holding);
        _held[held] = true;
        return held;
    }

    private void LetGo(HeldJob held)
    {
        if (_held.TryRemove(held, out _)) Interlocked.Decrement(ref _holding);
        held.Ended.TrySetResult();
        if (Room > Options.Ahead / 2) Wake();
    }

    private async Task RunLoop(CancellationToken stop)
    {
        await foreach (var held in _leased.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            await RunOne(held, stop).ConfigureAwait(false);
            LetGo(held);
        }
    }

    private async Task RunOne(HeldJob held, CancellationToken stop)
    {
        var job = held.Job;
        using var ends = stop.Register(held.Lost.Cancel);
        try
        {
            if (!_handlers.TryGetValue(job.Kind, out var handler))
            {
                await Try(t => { _queue.Postpone(t, job); return true; }).ConfigureAwait(false);
                return;
            }
            await GiveWay(held.Lost.Token).ConfigureAwait(false);
            await handler(job, held.Lost.Token).ConfigureAwait(false);
            if (job.IsSettled) return;
            await _database.WriteAsync(t => _queue.Complete(t, job), CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (held.Lost.IsCancellationRequested)
        {
            await Try(t => { _queue.Release(t, job); return true; }).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            LogFailed(error, job.Id, job.Kind, job.Attempt);
            await Try(t => _queue.Fail(t, job, $"{error.GetType().Name}: {error.Message}")).ConfigureAwait(false);
        }
    }

    private async Task RenewLoop(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(Options.RenewMs), _database.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                await RenewAll().ConfigureAwait(false);
                await RecoverAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) { }
    }

    /// <summary>Takes back what processes held that have died.</summary>
    private async Task RecoverAsync()
    {
        if (Reading(AnyDied)) await Try(t => _queue.Recover(t, o => HasDied(t, o))).ConfigureAwait(false);
    }

    private bool AnyDied(ReadConnection connection) =>
        _queue.Owners(connection).Exists(owner => HasDied(connection, owner));

    private bool HasDied(ReadConnection connection, string owner) =>
        owner != _owner && _database.Liveness.HasDied(connection, owner);

    private async Task RenewAll()
    {
        HeldJob[] held = [.. _held.Keys];
        if (held.Length == 0) return;
        var lost = await Try(t => held.Where(h => !_queue.Renew(t, h.Job)).ToList()).ConfigureAwait(false) ?? [];
        foreach (var job in lost.Where(h => _held.ContainsKey(h) && !h.Job.IsSettled))
            await job.Lost.CancelAsync().ConfigureAwait(false);
    }

    private async Task ReturnUnstarted()
    {
        _leased.Writer.Complete();
        List<HeldJob> unstarted = [];
        while (_leased.Reader.TryRead(out var held)) unstarted.Add(held);
        if (unstarted.Count == 0) return;
        await Try(t => { unstarted.ForEach(h => _queue.Release(t, h.Job)); return true; }).ConfigureAwait(false);
        unstarted.ForEach(LetGo);
    }

    /// <summary>
    /// A database that fails for a while must not end the worker: leases run out and the work comes back.
    /// </summary>
    private async Task<T?> Try<T>(Func<WriteTransaction, T> work)
    {
        try
        {
            return await _database.WriteAsync(work, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StorageException error) when (error.IsTransient)
        {
            LogStorage(error);
            return default;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Id} ({Kind}) failed in attempt {Attempt}")]
    private partial void LogFailed(Exception error, long id, string kind, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database could not be used; trying again")]
    private partial void LogStorage(Exception error);

    private sealed class HeldJob(LeasedJob job)
    {
        public LeasedJob Job => job;

        public CancellationTokenSource Lost { get; } = new();

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
