using Baton.Storage;
using Microsoft.Extensions.Hosting;

namespace Baton.Decisions.Local;

/// <summary>
/// Forgets what this process remembers of customers whose texts were erased, whichever process erased them.
/// </summary>
internal sealed class ForgetSweep(Database database, LocalEncoder encoder, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Erasures that were looked at; those from before the start left nothing in memory.</summary>
    private long? _seen;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Every, clock);
        try
        {
            do
            {
                try
                {
                    await SweepAsync(stoppingToken);
                }
                catch (StorageException error) when (error.IsTransient)
                {
                    // The next round finds the same erasures.
                }
            }
            while (await tick.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    /// <summary>One round; returns how many customers were forgotten.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        if (_seen is not { } seen)
        {
            _seen = database.Read(c => c.Number("select max(id) from erasures")) ?? 0;
            return 0;
        }
        var erased = database.Read(c => c.Query(
            "select id, customer_id from erasures where id > $1 order by id", row =>
                (Id: row.Int64(0), Customer: row.Text(1)),
            seen));
        foreach (var (id, customer) in erased)
        {
            if (encoder.Vectors is { } vectors) await vectors.ForgetAsync(customer, cancellationToken);
            _seen = id;
        }
        return erased.Count;
    }
}
