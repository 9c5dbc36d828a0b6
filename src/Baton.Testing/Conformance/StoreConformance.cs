using Baton.Storage;
using Baton.Storage.Events;
using Baton.Storage.Jobs;
using Xunit;

namespace Baton.Testing;

/// <summary>
/// What every database must do. Derive a test class, open the database in <see cref="OpenAsync"/>, and all of it runs.
/// What only an embedded file can do (damage, one writer) is tested beside that database. The suite speaks plain SQL:
/// what knows one database is in a folder of that database under <c>Storage</c>.
/// </summary>
public abstract partial class StoreConformance : IAsyncLifetime
{
    private Database? _database;

    /// <summary>Time of everything under test.</summary>
    protected ManualClock Clock { get; } = new();

    private Database Db => _database!;

    private JobQueue Queue =>
        field ??= new JobQueue("conformance", new JobOptions { AttemptLimit = 3 }, Clock, new Random(1));

    public async ValueTask InitializeAsync()
    {
        _database = await OpenAsync().ConfigureAwait(false);
        await Db.WriteAsync(t => t.Execute("create table conformance (id bigint primary key, name text)"))
            .ConfigureAwait(false);
    }

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

    [Fact]
    public async Task Keeps_what_was_committed_and_nothing_of_what_failed()
    {
        var kept = Add("kept");
        var failed = Db.WriteAsync(t =>
        {
            Insert(t, "failed");
            throw new InvalidOperationException("no");
        });

        await kept;
        await Assert.ThrowsAsync<InvalidOperationException>(() => failed);
        Assert.Equal(["kept"], Names());
    }

    [Fact]
    public async Task Sees_in_a_second_instance_what_the_first_has_committed()
    {
        await Add("shared");
        await using var other = await OpenAgainAsync();

        Assert.Equal("shared", other.Read(c => c.First("select name from conformance", r => r.Text(0))));
    }

    [Fact]
    public async Task Takes_text_of_every_script_and_tells_empty_from_null()
    {
        string?[] names = ["", null, "größe ✓ 日本語 😀", "it's \"quoted\"", "line\nfeed"];
        foreach (var name in names) await Add(name);

        Assert.Equal(names, Names());
    }

    [Fact]
    public async Task Gives_each_version_of_a_stream_to_one_of_many_writers()
    {
        await using var other = await OpenAgainAsync();
        var fact = new NewEvent("Noted", Clock.GetUtcNow(), "{}");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => (i % 2 == 0 ? Db : other).WriteAsync(t => Ledger.Append(t, "c1", 0, fact))));

        Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
        Assert.All(outcomes.OfType<AppendOutcome.Conflict>(), c => Assert.Equal(1, c.ActualVersion));
    }

    [Fact]
    public async Task Reads_events_back_in_order_with_a_chain_that_verifies()
    {
        for (var i = 0; i < 30; i++)
        {
            var fact = new NewEvent("Noted", Clock.GetUtcNow().AddMilliseconds(i), $$"""{"n":{{i}}}""");
            await Db.WriteAsync(t => Ledger.Append(t, $"c{i % 3}", i / 3, fact));
        }

        Assert.Equal(Enumerable.Range(1, 10), Db.Read(c => Ledger.Read(c, "c1")).Select(e => (int)e.Version));
        Assert.Empty(Db.Read(LedgerVerifier.Verify).Problems);
    }

    private Task Add(string? name) => Db.WriteAsync(t => Insert(t, name));

    private static void Insert(WriteTransaction transaction, string? name) => transaction.Execute(
        "insert into conformance (id, name) select coalesce(max(id), 0) + 1, $1 from conformance", name);

    private List<string?> Names() =>
        Db.Read(c => c.Query("select name from conformance order by id", r => r.TextOrNull(0)));
}
