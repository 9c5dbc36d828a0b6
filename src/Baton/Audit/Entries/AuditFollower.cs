using Baton.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Audit.Entries;

/// <summary>Keeps the audit view up to date while the host runs; whoever reads it asks for the rest.</summary>
internal sealed partial class AuditFollower(Database database, TimeProvider clock, ILogger<AuditFollower> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Batches that one reader waits for: a ledger of before this release is followed in the background.
    /// </summary>
    private const int Patience = 20;

    /// <summary>Catches up as far as a reader may wait; false when there is more.</summary>
    public async Task<bool> CatchUpAsync(CancellationToken cancellationToken, int batches = Patience)
    {
        for (var i = 0; i < batches; i++)
            if (!await database.WriteAsync(AuditTables.Step, cancellationToken).ConfigureAwait(false)) return true;
        return false;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Every, clock);
        try
        {
            while (await tick.WaitForNextTickAsync(stoppingToken)) await RoundAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!await CatchUpAsync(cancellationToken)) { }
        }
        catch (StorageException error) when (error.IsTransient)
        {
            LogLate(error);
        }
        // A host that ends because its audit view cannot go on would serve nobody.
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogStuck(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audit view is behind the ledger; trying again in seconds")]
    private partial void LogLate(Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit view does not go on; trying again in seconds")]
    private partial void LogStuck(Exception error);
}
