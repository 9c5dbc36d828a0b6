using Baton.Storage;
using Baton.Testing;

namespace Baton.Tests.Storage;

public sealed class DatabaseTests : IAsyncLifetime
{
    private readonly TemporaryDatabase _temporary = new(file: true);

    public async ValueTask InitializeAsync() => await Db.WriteAsync(
        t => t.Execute("create table notes (id integer primary key, text text unique, size real, raw blob)"));

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Returns_what_was_written_when_the_write_has_returned()
    {
        var id = await Db.WriteAsync(t => t.Insert(
            "insert into notes (text, size, raw) values ($1, $2, $3) returning id", "grüße", 1.5, new byte[] { 1, 2 }));

        var row = Db.Read(c => c.First(
            "select text, size, raw from notes where id = $1", r => (r.Text(0), r.Double(1), r.Bytes(2)), id));

        Assert.Equal("grüße", row.Item1);
        Assert.Equal(1.5, row.Item2);
        Assert.Equal([1, 2], row.Item3);
    }

    [Fact]
    public async Task Keeps_empty_text_apart_from_null()
    {
        await Add("");
        await Add(null);

        Assert.Equal(["", null], Db.Read(c => c.Query("select text from notes order by id", r => r.TextOrNull(0))));
    }

    [Fact]
    public async Task Binds_by_number_not_by_first_appearance()
    {
        await Db.WriteAsync(t => t.Execute("insert into notes (size, text) values ($2, $1)", "a", 2.0));

        Assert.Equal(1, Db.Read(c => c.Number("select count(*) from notes where text = 'a' and size = 2.0")));
    }

    [Fact]
    public async Task Undoes_a_failing_work_alone()
    {
        var works = Enumerable.Range(0, 50).Select(i => Db.WriteAsync(t =>
        {
            t.Execute("insert into notes (text) values ($1)", $"n{i}");
            if (i % 5 == 0) throw new InvalidOperationException("no");
        })).ToList();

        foreach (var (i, work) in works.Index())
        {
            if (i % 5 == 0) await Assert.ThrowsAsync<InvalidOperationException>(() => work);
            else await work;
        }
        Assert.Equal(40, Count());
    }

    [Fact]
    public async Task Reports_a_broken_constraint_and_goes_on()
    {
        await Add("same");

        var error = await Assert.ThrowsAsync<StorageException>(() => Add("same"));

        Assert.False(error.IsTransient);
        Assert.Contains("UNIQUE", error.Message);
        await Add("other");
        Assert.Equal(2, Count());
    }

    [Fact]
    public async Task Does_not_start_a_work_whose_caller_has_given_up()
    {
        using var given = new CancellationTokenSource();
        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Db.WriteAsync(t => t.Execute("insert into notes (text) values ('x')"), given.Token));

        Assert.Equal(0, Count());
    }

    [Fact]
    public async Task Signals_after_the_commit_and_only_then()
    {
        var signals = 0;
        var during = -1;
        await Db.WriteAsync(t => { t.AfterCommit(() => signals++); during = signals; });
        await Assert.ThrowsAsync<InvalidOperationException>(() => Db.WriteAsync(t =>
        {
            t.AfterCommit(() => signals++);
            throw new InvalidOperationException();
        }));

        Assert.Equal(0, during);
        Assert.Equal(1, signals);
    }

    [Fact]
    public async Task Reads_one_snapshot_while_the_writer_goes_on()
    {
        await Add("a");
        var (before, after) = Db.Read(c =>
        {
            var first = c.Number("select count(*) from notes");
            Task.Run(() => Add("b"), TestContext.Current.CancellationToken).GetAwaiter().GetResult();
            return (first, c.Number("select count(*) from notes"));
        });

        Assert.Equal((1, 1), (before, after));
        Assert.Equal(2, Count());
    }

    [Fact]
    public async Task Finishes_queued_writes_before_it_closes()
    {
        var works = Enumerable.Range(0, 500).Select(i => Add($"n{i}")).ToList();
        await _temporary.CloseAsync();

        await Task.WhenAll(works);
        Assert.Equal(500, Count());
        Assert.Throws<InvalidOperationException>(() => Db.Read<int>(_ => throw new InvalidOperationException()));
    }

    [Fact]
    public async Task Writes_ahead_and_syncs_every_commit()
    {
        const long Full = 2;

        Assert.Equal(Full, await Db.WriteAsync(t => t.Number("pragma synchronous")));
        Assert.Equal("wal", await Db.WriteAsync(t => t.First("pragma journal_mode", r => r.Text(0))));
        Assert.Equal(1, await Db.WriteAsync(t => t.Number("pragma foreign_keys")));
    }

    [Fact]
    public async Task Leaves_no_write_ahead_log_after_a_clean_close()
    {
        await Add("a");
        await _temporary.CloseAsync();

        Assert.False(File.Exists(_temporary.Path + "-wal"));
    }

    [Fact]
    public async Task Lets_two_instances_write_to_one_file()
    {
        var other = _temporary.OpenAnother();
        var works = Enumerable.Range(0, 200).Select(i =>
            (i % 2 == 0 ? Db : other).WriteAsync(t => t.Execute("insert into notes (text) values ($1)", $"n{i}")));

        await Task.WhenAll(works);

        Assert.Equal(200, Count());
    }

    [Fact]
    public async Task Waits_for_room_when_the_queue_is_full()
    {
        var small = _temporary.OpenAnother(o => o with { WriteQueueLimit = 2, GroupLimit = 1 });
        await Task.WhenAll(Enumerable.Range(0, 100).Select(
            i => small.WriteAsync(t => t.Execute("insert into notes (text) values ($1)", $"n{i}"))));

        Assert.Equal(100, Count());
    }

    [Fact]
    public async Task Backs_up_one_moment_while_writers_go_on()
    {
        await Add("before");
        var writing = Task.WhenAll(Enumerable.Range(0, 200).Select(i => Add($"n{i}")));
        var copy = _temporary.Path + ".backup";
        Db.Backup(copy);
        await writing;

        await using var restored = _temporary.OpenAnother(o => o with { Path = copy });
        Assert.Equal(1, restored.Read(c => c.Number("select count(*) from notes where text = 'before'")));
        Assert.Throws<StorageException>(() => Db.Backup(copy));
    }

    [Fact]
    public void Lets_nobody_else_read_the_files()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }
        var copy = _temporary.Path + ".backup";
        Db.Backup(copy);

        foreach (var file in (string[])[_temporary.Path, _temporary.Path + "-wal", copy])
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private Database Db => _temporary.Database;

    private Task Add(string? text) => Db.WriteAsync(t => t.Execute("insert into notes (text) values ($1)", text));

    private long? Count() => Db.Read(c => c.Number("select count(*) from notes"));
}
