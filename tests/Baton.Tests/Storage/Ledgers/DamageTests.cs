using System.Diagnostics;
using Baton.Storage;
using Baton.Testing;
using Microsoft.Data.Sqlite;

namespace Baton.Tests.Storage.Ledgers;

/// <summary>Files that must be refused, and disks that give out.</summary>
public sealed class DamageTests : IAsyncDisposable
{
    private readonly TemporaryDatabase _temporary = new(file: true);

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Refuses_a_file_that_is_not_a_database()
    {
        await File.WriteAllTextAsync(_temporary.Path, new string('x', 10_000));

        var error = Assert.Throws<StorageException>(() => _temporary.Database);

        Assert.Contains("not a Baton database", error.Message);
        Assert.False(error.IsTransient);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.9)]
    public async Task Refuses_a_damaged_file_and_says_what_to_do(double where)
    {
        await Fill(rows: 2_000);
        await _temporary.CloseAsync();
        await using (var file = File.OpenWrite(_temporary.Path))
        {
            file.Position = (long)(file.Length * where);
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 8_192).ToArray());
        }

        var error = Assert.Throws<StorageException>(() => _temporary.Database);

        Assert.Contains("damaged", error.Message);
        Assert.Contains("restore the last backup", error.Message);
    }

    [Fact]
    public async Task Refuses_a_file_that_was_cut_off()
    {
        await Fill(rows: 2_000);
        await _temporary.CloseAsync();
        await using (var file = File.OpenWrite(_temporary.Path)) file.SetLength(file.Length / 2);

        Assert.Contains("damaged", Assert.Throws<StorageException>(() => _temporary.Database).Message);
    }

    [Fact]
    public void Refuses_the_database_of_another_program()
    {
        using (var other = new SqliteConnection($"Data Source={_temporary.Path};Pooling=false"))
        {
            Baton.Storage.Sqlite.SqliteLibrary.Load();
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "create table recipes (name text)";
            command.ExecuteNonQuery();
        }

        Assert.Contains("another program", Assert.Throws<StorageException>(() => _temporary.Database).Message);
    }

    [Fact]
    public async Task Refuses_a_file_of_a_newer_release()
    {
        await _temporary.Database.WriteAsync(t => t.Execute(
            "insert into migrations (name, checksum, applied_at, needs) values ('209901010000_future', '', '', '209901010000_future')"));
        await _temporary.CloseAsync();

        var error = Assert.Throws<StorageException>(() => _temporary.Database);

        Assert.Contains("newer Baton", error.Message);
        Assert.Contains("209901010000_future", error.Message);
    }

    [Fact]
    public async Task Refuses_a_file_whose_migrations_are_not_those_of_this_program()
    {
        await _temporary.Database.WriteAsync(t => t.Execute("update migrations set checksum = 'other'"));
        await _temporary.CloseAsync();

        Assert.Contains("checksum", Assert.Throws<StorageException>(() => _temporary.Database).Message);
    }

    [Fact]
    public async Task Applies_each_migration_once()
    {
        var before = _temporary.Database.Read(c => c.Number("select count(*) from migrations"));
        await _temporary.CloseAsync();

        Assert.Equal(before, _temporary.Database.Read(c => c.Number("select count(*) from migrations")));
    }

    [Fact]
    public async Task Lets_several_create_the_same_file_at_the_same_time()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
            () => Database.Open(new DatabaseOptions { Path = _temporary.Path }, TimeProvider.System).DisposeAsync()
                .AsTask())));

        Assert.Equal("ok", _temporary.Database.Read(c => c.First("pragma quick_check", r => r.Text(0))));
    }

    [Fact]
    public async Task Keeps_what_it_acknowledged_and_recovers_when_there_is_room_again()
    {
        var small = _temporary.OpenAnother(o => o with { MaxPages = 300 });
        await small.WriteAsync(t => t.Execute("create table notes (id integer primary key, text text)"));

        var (acknowledged, error) = await FillUp(small);

        Assert.True(error.IsTransient);
        Assert.Contains("no room left", error.Message);
        Assert.Equal(acknowledged, small.Read(c => c.Number("select count(*) from notes")));
        await small.WriteAsync(t => t.Execute("delete from notes where id <= 100"));
        await Add(small);
        Assert.Equal(acknowledged - 99, small.Read(c => c.Number("select count(*) from notes")));
    }

    [Fact]
    public async Task Survives_a_real_disk_that_is_full()
    {
        var folder = Directory.CreateTempSubdirectory("baton-full-").FullName;
        if (!await Mounted("-t", "tmpfs", "-o", "size=2m", "tmpfs", folder))
            Assert.Skip("mounting a small disk needs root");
        try
        {
            await using var database = Database.Open(
                new DatabaseOptions { Path = Path.Combine(folder, "baton.db"), CheckpointPages = 100 },
                TimeProvider.System);
            await database.WriteAsync(t => t.Execute("create table notes (id integer primary key, text text)"));
            var ballast = Path.Combine(folder, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[700_000]);

            var (acknowledged, error) = await FillUp(database);

            Assert.True(error.IsTransient, error.Message);
            File.Delete(ballast);
            await Add(database);
            Assert.InRange(database.Read(c => c.Number("select count(*) from notes")) ?? 0, acknowledged + 1,
                long.MaxValue);
            Assert.Equal("ok", database.Read(c => c.First("pragma integrity_check", r => r.Text(0))));
        }
        finally
        {
            await Run("umount", folder);
            Directory.Delete(folder);
        }
    }

    private async Task Fill(int rows)
    {
        await _temporary.Database.WriteAsync(t => t.Execute("create table notes (id integer primary key, text text)"));
        await Task.WhenAll(Enumerable.Range(0, rows).Select(_ => Add(_temporary.Database)));
    }

    private static Task Add(Database database) => database.WriteAsync(
        t => t.Execute("insert into notes (text) values ($1)", new string('n', 1_000)));

    private static async Task<(long Acknowledged, StorageException Error)> FillUp(Database database)
    {
        var acknowledged = 0L;
        while (true)
        {
            var works = Enumerable.Range(0, 50).Select(_ => Add(database)).ToList();
            try
            {
                await Task.WhenAll(works);
            }
            catch (StorageException error)
            {
                return (acknowledged + works.Count(w => w.IsCompletedSuccessfully), error);
            }
            acknowledged += works.Count;
        }
    }

    private static async Task<bool> Mounted(params string[] arguments) =>
        OperatingSystem.IsLinux() && await Run("mount", arguments) == 0;

    private static async Task<int> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
