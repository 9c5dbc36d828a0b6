using Baton.Storage;
using Baton.Storage.Events;
using Baton.Storage.Jobs;
using Baton.Storage.Moving;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Storage.Moving;

/// <summary>What is in one database arrives in another one, of the other kind.</summary>
public sealed class DatabaseMoveTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-move-").FullName;
    private readonly Desk _desk = new();

    public async ValueTask DisposeAsync()
    {
        await _desk.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Arrives_whole_on_PostgreSQL_and_in_a_file_again()
    {
        await FillAsync();
        await using var server = Server(PostgresCluster.NewDatabase());
        await using var file = Open(Path.Combine(_folder, "back.db"));

        var there = await MoveAsync(_desk.Database, server);
        var back = await MoveAsync(server, file);

        Assert.True(there.IsWhole && back.IsWhole);
        Assert.Equal(there.Tables, back.Tables);
        Assert.All(["events", "messages", "conversations", "timers", "cached_answers"],
            name => Assert.True(there.Tables.Single(t => t.Name == name).Rows > 0, name));
        Assert.Equal(_desk.Database.Read(LedgerVerifier.Verify).Digest, file.Read(LedgerVerifier.Verify).Digest);
        Assert.Equal(MoveState.Moved, _desk.Database.Read(MoveMark.Read)?.State);
    }

    [Fact]
    public async Task Numbers_go_on_after_those_that_are_gone()
    {
        var queue = new JobQueue("later", new JobOptions(), _desk.Clock, new Random(1));
        await _desk.Database.WriteAsync(t =>
        {
            queue.Enqueue(t, new NewJob { Kind = "k" });
            t.Execute("delete from jobs");
        });
        var last = await NextJobAsync(_desk.Database);
        await _desk.Database.WriteAsync(t => t.Execute("delete from jobs"));
        await using var server = Server(PostgresCluster.NewDatabase());
        await using var file = Open(Path.Combine(_folder, "back.db"));

        await MoveAsync(_desk.Database, server);
        Assert.Equal(last + 1, await NextJobAsync(server));
        await server.WriteAsync(t => t.Execute("delete from jobs"));
        await MoveAsync(server, file);
        Assert.Equal(last + 2, await NextJobAsync(file));

        Task<long> NextJobAsync(Database database) => database.WriteAsync(t =>
        {
            queue.Enqueue(t, new NewJob { Kind = "k" });
            return t.Number("select max(id) from jobs") ?? 0;
        });
    }

    [Fact]
    public async Task Goes_on_where_it_was_when_it_ended_early()
    {
        await FillAsync();
        await using var server = Server(PostgresCluster.NewDatabase());
        var steps = 0;
        await Assert.ThrowsAsync<OperationCanceledException>(() => new DatabaseMove(_desk.Database, server,
            _ => { if (++steps == 25) throw new OperationCanceledException(); }).RunAsync(CancellationToken.None));
        var arrived = server.Read(c => c.Number("select sum(row_count) from move_tables"));

        var first = -1L;
        var report = await new DatabaseMove(_desk.Database, server, p => first = first < 0 ? p.Rows : first)
            .RunAsync(CancellationToken.None);

        Assert.True(report.IsWhole);
        Assert.True(arrived > 0 && first >= arrived, $"{arrived} rows had arrived, the second run began with {first}");
    }

    [Fact]
    public async Task A_source_can_be_read_and_not_written_until_the_move_is_given_up()
    {
        await FillAsync();
        await using var server = Server(PostgresCluster.NewDatabase());
        await MoveAsync(_desk.Database, server);

        var refused = await Assert.ThrowsAsync<StorageException>(() => _desk.Database.WriteAsync(
            t => t.Execute("update conversations set turn = turn + 1")));
        var probed = await Assert.ThrowsAsync<StorageException>(
            () => _desk.Database.ProbeAsync(CancellationToken.None));
        var opened = _desk.Database.Read(c => MoveMark.Refusal(c, "here"));
        Assert.True(refused is { IsFrozen: true, IsTransient: true } && probed.IsFrozen);
        Assert.Contains("was moved to postgresql://", opened, StringComparison.Ordinal);
        Assert.False(_desk.Database.Read(_desk.Jobs.HasDue));
        Assert.True(_desk.Database.Read(c => c.Number("select count(*) from conversations")) > 0);

        Assert.True(await DatabaseMove.CancelAsync(_desk.Database, CancellationToken.None));
        Assert.False(await DatabaseMove.CancelAsync(_desk.Database, CancellationToken.None));

        Assert.Equal("T-9", (await _desk.DecideAsync(Desk.Ticket("Hello?", "T-9"))).TicketId);
    }

    [Fact]
    public async Task Refuses_a_target_that_is_used_or_is_not_the_one_it_began_with()
    {
        await FillAsync();
        await using var used = Server(PostgresCluster.NewDatabase());
        await used.WriteAsync(t => Ledger.Append(t, "c1", 0, new NewEvent("Noted", _desk.Clock.GetUtcNow(), "{}")));
        var full = await Assert.ThrowsAsync<StorageException>(() => MoveAsync(_desk.Database, used));
        await using var first = Server(PostgresCluster.NewDatabase());
        await Assert.ThrowsAsync<OperationCanceledException>(() => new DatabaseMove(
            _desk.Database, first, _ => throw new OperationCanceledException()).RunAsync(CancellationToken.None));
        await using var second = Server(PostgresCluster.NewDatabase());

        var other = await Assert.ThrowsAsync<StorageException>(() => MoveAsync(_desk.Database, second));

        Assert.Contains("table events has rows", full.Message, StringComparison.Ordinal);
        Assert.Contains("is being moved to", other.Message, StringComparison.Ordinal);
        Assert.Equal(MoveState.Arriving, first.Read(MoveMark.Read)?.State);
    }

    [Fact]
    public async Task Says_which_table_differs_and_leaves_the_source_as_it_is()
    {
        await FillAsync();
        await using var server = Server(PostgresCluster.NewDatabase());
        var report = await new DatabaseMove(_desk.Database, server, progress =>
        {
            if (progress.Table is not null) return;
            server.WriteAsync(t => t.Execute("update conversations set turn = turn + 1 where conversation_id = 'T-1'"))
                .GetAwaiter().GetResult();
        }).RunAsync(CancellationToken.None);

        Assert.Equal("conversations", Assert.Single(report.Tables, t => !t.IsSame).Name);
        Assert.Equal(MoveState.Moving, _desk.Database.Read(MoveMark.Read)?.State);
    }

    [Fact]
    public async Task Every_table_has_a_key_to_be_copied_by()
    {
        await using var server = Server(PostgresCluster.NewDatabase());

        var (here, there) = (_desk.Database.Read(c => c.Catalog.Tables(c)), server.Read(c => c.Catalog.Tables(c)));

        Assert.All(here.Concat(there), table => Assert.NotEmpty(table.Key));
        Assert.Equal(here.Select(t => (t.Name, string.Join(',', t.Columns), t.Counted)),
            there.Select(t => (t.Name, string.Join(',', t.Columns), t.Counted)));
    }

    private async Task FillAsync()
    {
        foreach (var (id, body) in new[] { ("T-1", "Where is NW-10003?"), ("T-2", "I want a person, now!"), ("T-3", "größe 😀 ✓") })
            await _desk.DecideAsync(Desk.Ticket(body, id));
        await _desk.Database.WriteAsync(t =>
        {
            for (var i = 0; i < 300; i++)
                t.Execute("insert into cached_answers (key, at, expires_at, cost, answer) values ($1, $2, $2, 1, $3)",
                    BitConverter.GetBytes(i * 7 % 300), i, i == 0 ? "a\0b" : $"é{i}");
        });
    }

    private static Task<MoveReport> MoveAsync(Database source, Database target) =>
        new DatabaseMove(source, target, _ => { }).RunAsync(CancellationToken.None);

    private Database Open(string path, bool look = false) => Database.Open(
        new DatabaseOptions { Path = path, Keys = Path.Combine(_folder, "keys"), AllowLoss = look }, _desk.Clock);

    private Database Server(string url) => Open(url, look: true);
}
