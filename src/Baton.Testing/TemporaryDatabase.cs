using Baton.Storage;

namespace Baton.Testing;

/// <summary>A database in a folder of its own, deleted afterwards.</summary>
internal sealed class TemporaryDatabase : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-").FullName;
    private readonly List<Database> _opened = [];
    private Database? _database;

    public ManualClock Clock { get; } = new();

    public string Path => System.IO.Path.Combine(_folder, "baton.db");

    /// <summary>The database, opened when it is first asked for.</summary>
    public Database Database => _database ??= OpenAnother();

    /// <summary>A further instance on the same file, as another process would have.</summary>
    public Database OpenAnother(Func<DatabaseOptions, DatabaseOptions>? change = null)
    {
        var options = new DatabaseOptions { Path = Path };
        var database = Database.Open(change?.Invoke(options) ?? options, Clock);
        _opened.Add(database);
        return database;
    }

    /// <summary>Closes everything, as a clean stop of the program does; the file stays.</summary>
    public async Task CloseAsync()
    {
        foreach (var database in _opened) await database.DisposeAsync().ConfigureAwait(false);
        _opened.Clear();
        _database = null;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        Directory.Delete(_folder, recursive: true);
    }
}
