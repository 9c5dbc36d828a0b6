using Baton.Storage;
using Baton.Storage.Events;
using Baton.Testing;

namespace Baton.Tests.Storage.Ledgers;

/// <summary>What only something outside the database can tell: that its end is gone.</summary>
public sealed class LedgerAnchorTests : IAsyncDisposable
{
    private readonly TemporaryDatabase _temporary = new(file: true);

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Refuses_a_file_whose_write_ahead_log_was_damaged_behind_its_beginning()
    {
        await AddAsync(20);
        var copy = await CrashedAsync();
        var log = copy + "-wal";
        Assert.True(File.Exists(log));
        await using (var file = File.OpenWrite(log))
        {
            file.Position = file.Length / 2;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 4_096).ToArray());
        }

        var error = Assert.Throws<StorageException>(() => Open(copy));

        Assert.Contains("events that were acknowledged are not there", error.Message, StringComparison.Ordinal);
        Assert.Contains("-wal", error.Message, StringComparison.Ordinal);
        Assert.Contains("ledger accept", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task Refuses_a_file_whose_write_ahead_log_is_gone()
    {
        await AddAsync(20);
        var copy = await CrashedAsync();
        File.Delete(copy + "-wal");

        Assert.Contains("ledger", Assert.Throws<StorageException>(() => Open(copy)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_a_restored_backup_from_a_damaged_file_and_goes_on_with_it_when_told_to()
    {
        await AddAsync(5);
        var backup = _temporary.Path + ".backup";
        Db.Backup(backup);
        await AddAsync(7, from: 5);
        await _temporary.CloseAsync();
        File.Copy(backup, _temporary.Path, overwrite: true);

        var error = Assert.Throws<StorageException>(() => _temporary.Database);
        Assert.Contains("This is the backup of", error.Message, StringComparison.Ordinal);
        Assert.Contains("7 events", error.Message, StringComparison.Ordinal);

        await using (var accepting = Open(_temporary.Path, allowLoss: true))
        {
            Assert.Equal(7, await accepting.WriteAsync(
                t => AnchorCheck.Accept(t, _temporary.Path, _temporary.Clock.GetUtcNow())));
            Assert.Null(await accepting.WriteAsync(
                t => AnchorCheck.Accept(t, _temporary.Path, _temporary.Clock.GetUtcNow())));
        }
        Assert.Equal("LossAccepted", Assert.Single(Db.Read(c => Ledger.Read(c, AnchorCheck.Stream))).Type);
        Assert.Empty(Db.Read(LedgerVerifier.Verify).Problems);
    }

    [Fact]
    public async Task Refuses_a_ledger_that_was_rewritten_at_its_end()
    {
        await AddAsync(3);
        await _temporary.CloseAsync();
        var options = new DatabaseOptions { Path = _temporary.Path, AllowLoss = true };
        await using (var other = Database.Open(options, _temporary.Clock))
            await other.WriteAsync(t => t.Execute("update events set hash = $1 where seq = 3", new string('0', 64)));

        Assert.Contains("is not the event", Assert.Throws<StorageException>(() => _temporary.Database).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("12 tooshort 2026-11-29T00:00:00Z")]
    public async Task Opens_without_an_anchor_that_can_be_read_and_writes_it_with_the_next_event(string anchor)
    {
        await AddAsync(3);
        await _temporary.CloseAsync();
        await File.WriteAllTextAsync(LedgerAnchor.PathOf(_temporary.Path), anchor);

        await AddAsync(1, from: 3);

        Assert.Equal(4, LedgerAnchor.Read(_temporary.Path)?.Seq);
    }

    [Fact]
    public async Task Names_the_last_event_of_whoever_wrote_it_and_nothing_of_a_work_that_failed()
    {
        await AddAsync(2);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Db.WriteAsync(t =>
        {
            Ledger.Append(t, "c1", 2, Fact());
            throw new InvalidOperationException("no");
        }));
        await using var other = _temporary.OpenAnother();
        await other.WriteAsync(t => Ledger.Append(t, "c2", 0, Fact()));

        Assert.Equal(3, LedgerAnchor.Read(_temporary.Path)?.Seq);
        Assert.Null(other.Read(c => AnchorCheck.Problem(c, _temporary.Path)));
    }

    [Fact]
    public async Task Begins_anew_with_a_file_that_is_new()
    {
        await AddAsync(3);
        await _temporary.CloseAsync();
        File.Delete(_temporary.Path);

        await AddAsync(1);

        Assert.Equal(1, LedgerAnchor.Read(_temporary.Path)?.Seq);
    }

    [Fact]
    public async Task Writes_when_it_says_that_writing_works()
    {
        var before = Db.Read(c => c.Number("select written_at_ms from probe"));
        await Db.ProbeAsync(TestContext.Current.CancellationToken);

        Assert.Null(before);
        Assert.Equal(_temporary.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Db.Read(c => c.Number("select written_at_ms from probe")));
    }

    private Database Db => _temporary.Database;

    /// <summary>The files as a process that was killed leaves them, with the anchor of that moment.</summary>
    private async Task<string> CrashedAsync()
    {
        var copy = _temporary.Path + "-crashed";
        foreach (var end in (string[])["", "-wal", ".anchor"]) File.Copy(_temporary.Path + end, copy + end);
        await _temporary.CloseAsync();
        return copy;
    }

    private Database Open(string path, bool allowLoss = false) =>
        Database.Open(new DatabaseOptions { Path = path, AllowLoss = allowLoss }, _temporary.Clock);

    private async Task AddAsync(int events, int from = 0)
    {
        for (var version = from; version < from + events; version++)
            await Db.WriteAsync(t => Ledger.Append(t, "c1", version, Fact()));
    }

    private NewEvent Fact() => new("Noted", _temporary.Clock.GetUtcNow(), "{}");
}
