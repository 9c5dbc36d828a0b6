using Baton.Storage;

namespace Baton.Testing;

/// <summary>A database of its own, deleted afterwards: a file, or on PostgreSQL where that is wanted.</summary>
internal sealed class TemporaryDatabase : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-").FullName;
    private readonly bool _onServer;
    private readonly List<Database> _opened = [];
    private Database? _database;

    /// <param name="file">A file in any case: for tests of what only files do.</param>
    public TemporaryDatabase(bool file = false)
    {
        _onServer = !file && PostgresCluster.Wanted;
        Path = _onServer ? PostgresCluster.NewDatabase() : System.IO.Path.Combine(_folder, "baton.db");
    }

    public ManualClock Clock { get; } = new();

    public string Path { get; }

    /// <summary>The database, opened when it is first asked for.</summary>
    public Database Database => _database ??= OpenAnother();

    /// <summary>A further instance on the same file, as another process would have.</summary>
    public Database OpenAnother(Func<DatabaseOptions, DatabaseOptions>? change = null)
    {
        var options = new DatabaseOptions
        {
            Path = Path, Keys = _onServer ? System.IO.Path.Combine(_folder, "keys") : null,
        };
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
