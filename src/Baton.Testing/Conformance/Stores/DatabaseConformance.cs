using Baton.Storage;
using Xunit;

namespace Baton.Testing;

/// <summary>
/// A suite that every kind of database passes. Derive a test class of each suite, open the database in
/// <see cref="OpenAsync"/>, and all of it runs. The suites speak plain SQL: what knows one database is in a folder of
/// that database under <c>Storage</c>.
/// </summary>
public abstract class DatabaseConformance : IAsyncLifetime
{
    private Database? _database;

    /// <summary>Time of everything under test.</summary>
    protected ManualClock Clock { get; } = new();

    private protected Database Db => _database!;

    public virtual async ValueTask InitializeAsync() => _database = await OpenAsync().ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync().ConfigureAwait(false);
        await CleanUpAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens an empty database with <see cref="Clock"/>.</summary>
    private protected abstract Task<Database> OpenAsync();

    /// <summary>Opens the same database once more, as after a restart or from another process.</summary>
    private protected abstract Task<Database> OpenAgainAsync();

    /// <summary>Removes what was opened.</summary>
    private protected abstract Task CleanUpAsync();

    /// <summary>Runs so many at once, half of them on another instance of the database.</summary>
    private protected async Task AtOnceAsync(int writers, Func<Database, int, Task> work)
    {
        await using var other = await OpenAgainAsync().ConfigureAwait(false);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(
            i => Task.Run(() => work(i % 2 == 0 ? Db : other, i)))).ConfigureAwait(false);
    }
}
