using System.Security.Cryptography;
using Baton.Conversations;
using Baton.Operations.Backups;
using Baton.Operations.Scheduling;
using Baton.Storage;
using Baton.Storage.Backups;
using Baton.Storage.Events;
using Baton.Storage.Outgoing;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Tests.Operations.Backups;

/// <summary>A backup is one that was restored; whatever ends it early leaves none.</summary>
public sealed class BackupTests : IDisposable
{
    private static readonly BackupOptions Keep = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("baton-backup-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Backups => Path.Combine(_folder, "backups");

    private string Key => Path.Combine(_folder, "backup.key");

    public BackupTests() => File.WriteAllText(Key, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Restores_what_was_there_from_either_database_and_reads_its_texts(bool server)
    {
        await using var desk = new Desk(database: server ? PostgresCluster.NewDatabase() : null);
        await desk.DecideAsync(Desk.Ticket("I want to speak to a human about the blue ribbon", "T-1") with { CustomerId = "c-1" });
        var events = desk.Database.Read(c => c.Number("select count(*) from events"));

        var made = await desk.Get<BackupRun>().MakeAsync(Backups, Key, Keep, "test", Token);

        Assert.Equal(events, made.Content.Events);
        Assert.Equal(-1, (await File.ReadAllBytesAsync(made.File.Path, Token)).AsSpan().IndexOf("SQLite format"u8));
        Assert.Equal([Path.GetFileName(made.File.Path)], Names());
        var restored = Path.Combine(_folder, "restored.db");
        var content = await BackupRun.RestoreAsync(made.File.Path, Key, restored, desk.Clock, Token);
        Assert.Equal((made.Content.Events, made.Content.LedgerDigest), (content.Events, content.LedgerDigest));
        await using var opened = Database.Open(
            new DatabaseOptions { Path = restored, Keys = desk.Database.Keys.Folder, AllowLoss = true }, desk.Clock);
        Assert.Contains("blue ribbon", opened.Read(c => MessageRows.Of(c, "T-1", 10))[0].Body, StringComparison.Ordinal);
        Assert.Empty(opened.Read(LedgerVerifier.Verify).Problems);
        // What comes after is numbered on.
        await opened.WriteAsync(t => Ledger.Extend(t, "operations/test", new NewEvent("Noted", desk.Clock.GetUtcNow(), "{}")), Token);
        Assert.Empty(opened.Read(LedgerVerifier.Verify).Problems);
        Assert.Equal("BackupMade", desk.Database.Read(c => Ledger.Read(c, "operations/access"))[^1].Type);
        Assert.Empty(Directory.GetDirectories(desk.Folder, ".baton-scratch-*"));
    }

    [Fact]
    public async Task Leaves_nothing_under_a_name_when_the_disk_is_full_or_it_was_killed()
    {
        await using var file = new TemporaryDatabase(file: true);
        var home = Path.GetDirectoryName(file.Path)!;
        await file.Database.WriteAsync(t => Ledger.Extend(t, "T-1", new NewEvent("Noted", file.Clock.GetUtcNow(), "{}")), Token);
        var full = new BackupRun(file.Database)
        {
            Begin = path => OperatingSystem.IsLinux() ? new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0)
                : throw new IOException("No space left on device"),
        };

        var said = await Assert.ThrowsAsync<BackupException>(() => full.MakeAsync(Backups, Key, Keep, "test", Token));

        Assert.Contains("No space left", said.Message, StringComparison.Ordinal);
        Assert.Contains("no backup was made; free space", said.Message, StringComparison.Ordinal);
        Assert.Empty(Names());
        Assert.Empty(Directory.GetDirectories(home, ".baton-scratch-*"));
        // What a killed run leaves is no backup, and the next one clears it away.
        File.WriteAllText(Path.Combine(Backups, "baton-20260101T000000Z.bak.part"), "half");
        Directory.CreateDirectory(Path.Combine(home, ".baton-scratch-old"));
        Assert.Empty(BackupFile.In(Backups));
        var made = await new BackupRun(file.Database).MakeAsync(Backups, Key, Keep, "test", Token);
        Assert.Equal([Path.GetFileName(made.File.Path)], Names());
        Assert.Empty(Directory.GetDirectories(home, ".baton-scratch-*"));
    }

    [Fact]
    public async Task Leaves_the_file_of_a_run_beside_it_alone()
    {
        await using var file = new TemporaryDatabase(file: true);
        var plain = new BackupRun(file.Database);
        Task<MadeBackup>? beside = null;
        var first = new BackupRun(file.Database)
        {
            Begin = path =>
            {
                var begun = plain.Begin(path);
                // Of the same second, so that both want one name.
                beside ??= Task.Run(() => plain.MakeAsync(Backups, Key, Keep, "beside", Token), Token);
                return begun;
            },
        };

        var made = await first.MakeAsync(Backups, Key, Keep, "test", Token);

        await Assert.ThrowsAsync<BackupException>(() => beside!);
        Assert.Equal([Path.GetFileName(made.File.Path)], Names());
    }

    /// <summary>The calendar is everybody's: a process without a folder neither takes it away nor is silent.</summary>
    [Fact]
    public async Task A_process_without_a_folder_leaves_the_calendar_alone_and_says_what_it_misses()
    {
        await using var desk = new Desk();
        await Of(Keep with { Folder = Backups, KeyFile = Key }).StartAsync(Token);
        var without = Of(Keep);

        await without.StartAsync(Token);
        Assert.Contains(desk.Get<Schedules>().List(), s => s.Name == BackupSchedule.Kind);
        await without.RunAsync(Token);

        Assert.Contains("set it on every process", Assert.Single(desk.Database.Read(c => Notices.Open(c, 10)),
            n => n.Notice.Group == BackupSchedule.Kind).Notice.Text, StringComparison.Ordinal);
        await Of(Keep with { Cron = "" }).StartAsync(Token);
        Assert.DoesNotContain(desk.Get<Schedules>().List(), s => s.Name == BackupSchedule.Kind);

        BackupSchedule Of(BackupOptions options) => new(
            desk.Database, desk.Get<Schedules>(), desk.Get<Notices>(), desk.Get<BackupRun>(), options,
            NullLogger<BackupSchedule>.Instance);
    }

    [Fact]
    public async Task Says_what_is_wrong_with_a_file_or_a_key()
    {
        await using var file = new TemporaryDatabase(file: true);
        var made = await new BackupRun(file.Database).MakeAsync(Backups, Key, Keep, "test", Token);
        var bytes = await File.ReadAllBytesAsync(made.File.Path, Token);
        var other = Path.Combine(_folder, "other.key");
        File.WriteAllText(other, Convert.ToBase64String(new byte[32]));

        Assert.Contains("the key is not the one", await SaidAsync(bytes, other), StringComparison.Ordinal);
        Assert.Contains("ends early", await SaidAsync(bytes[..^1], Key), StringComparison.Ordinal);
        Assert.Contains("behind its end", await SaidAsync([.. bytes, 7], Key), StringComparison.Ordinal);
        Assert.Contains("no backup of Baton", await SaidAsync("something else"u8.ToArray(), Key), StringComparison.Ordinal);
        bytes[^5] ^= 1;
        Assert.Contains("damaged", await SaidAsync(bytes, Key), StringComparison.Ordinal);
        Assert.Contains("new-key", await SaidAsync(bytes, Path.Combine(_folder, "none.key")), StringComparison.Ordinal);
        File.WriteAllText(other, "not a key");
        Assert.Contains("32 bytes", await SaidAsync(bytes, other), StringComparison.Ordinal);
        var inside = Path.Combine(Backups, "backup.key");
        File.Copy(Key, inside);
        Assert.Contains("keep it elsewhere", (await Assert.ThrowsAsync<BackupException>(
            () => new BackupRun(file.Database).MakeAsync(Backups, inside, Keep, "test", Token))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(BackupForm.Piece)]
    [InlineData(BackupForm.Piece + 1)]
    [InlineData((3 * BackupForm.Piece) - 1)]
    public void Opens_what_it_closed_at_every_edge(int length)
    {
        var (key, plain) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(length));
        using var file = new MemoryStream();
        using (var closed = new SealingStream(file, key))
        {
            closed.Write(plain);
            closed.End();
        }
        using var open = new OpeningStream(new MemoryStream(file.ToArray()), key);
        using var read = new MemoryStream();
        open.CopyTo(read);

        Assert.Equal(plain, read.ToArray());
    }

    /// <summary>A backup a day for three years: the newest of seven days, four weeks and six months stay.</summary>
    [Fact]
    public void Keeps_the_newest_of_days_weeks_and_months()
    {
        var start = new DateTimeOffset(2026, 1, 1, 2, 15, 0, TimeSpan.Zero);
        List<BackupFile> kept = [];
        for (var day = 0; day < 1_096; day++)
        {
            kept.Insert(0, new BackupFile($"{day}", start.AddDays(day), 1));
            kept.RemoveAll(BackupFile.Superfluous(kept, Keep).Contains);
        }

        Assert.InRange(kept.Count, 13, 17);
        Assert.Equal(Enumerable.Range(0, 7).Select(d => start.AddDays(1_095 - d)), kept.Take(7).Select(f => f.At));
        Assert.True(kept[^1].At < start.AddDays(1_095 - 140));
        Assert.Single(BackupFile.Superfluous([new BackupFile("b", start.AddHours(1), 1), new BackupFile("a", start, 1)], Keep));
    }

    private async Task<string> SaidAsync(byte[] content, string key)
    {
        var path = Path.Combine(_folder, "tried.bak");
        await File.WriteAllBytesAsync(path, content, Token);
        var into = Path.Combine(_folder, "tried.db");
        var said = await Assert.ThrowsAsync<BackupException>(
            () => BackupRun.RestoreAsync(path, key, into, TimeProvider.System, Token));
        Assert.Empty(Directory.GetFiles(_folder, "tried.db*"));
        return said.Message;
    }

    private string[] Names() => !Directory.Exists(Backups) ? []
        : [.. Directory.GetFiles(Backups).Select(f => Path.GetFileName(f)!)];
}
