using Baton.Storage;
using Baton.Testing;

namespace Baton.Tests.Storage.Postgres;

public sealed class PostgresJobQueueTests : JobQueueConformance
{
    private readonly string _url = PostgresCluster.NewDatabase();

    private protected override Task<Database> OpenAsync() => Task.FromResult(PostgresCluster.Open(_url, Clock));

    private protected override Task<Database> OpenAgainAsync() => OpenAsync();

    private protected override Task CleanUpAsync() => Task.CompletedTask;

    [Fact]
    public async Task Counts_a_process_as_dead_when_its_session_is_gone_or_it_has_been_silent()
    {
        await using var other = await OpenAgainAsync();
        var (mine, others) = (Db.Liveness.Owner, other.Liveness.Owner);
        Assert.NotEqual(mine, others);
        Db.Liveness.Start();
        other.Liveness.Start();
        // Nobody counts as dead in the first seconds of the server.
        await Until.TrueAsync(() => HasDied("elsewhere/1/2#3"));

        Assert.False(HasDied(mine));
        Assert.False(HasDied(others));
        await Until.TrueAsync(() => Db.Liveness.Workers == 2);
        Assert.True(await Db.WriteAsync(t =>
        {
            t.Execute("update workers set seen_at_ms = seen_at_ms - 11000 where owner = $1", others);
            return Db.Liveness.HasDied(t, others);
        }));

        await other.DisposeAsync();
        await Until.TrueAsync(() => HasDied(others));
        await Until.TrueAsync(() => Db.Liveness.Workers == 1);
    }

    private bool HasDied(string owner) => Db.Read(c => Db.Liveness.HasDied(c, owner));
}
