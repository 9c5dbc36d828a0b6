using Baton.Storage;
using Baton.Storage.Events;
using Baton.Testing;

namespace Baton.Server.Tests.Processes;

/// <summary>A folder with a small playbook and room for a database, deleted afterwards.</summary>
internal sealed class Place : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-process-").FullName;

    /// <param name="shop">Address of the order system; null means that nobody asks it.</param>
    /// <param name="models">Text of <c>models.yaml</c>; null means that there are no models.</param>
    /// <param name="file">A file for the database in any case; false: a server in any case.</param>
    /// <param name="own">Another playbook, as it is.</param>
    public Place(Uri? shop = null, string? models = null, bool? file = null, PlaybookFiles? own = null)
    {
        Database = !(file ?? !PostgresCluster.Wanted)
            ? PostgresCluster.NewDatabase() : Path.Combine(_folder, "baton.db");
        if (own is not null)
        {
            own.WriteTo(Playbook);
            return;
        }
        var files = new PlaybookFiles().AnsweringOrders(shop);
        if (models is not null) files.With("models.yaml", models);
        files.WriteTo(Playbook);
    }

    public string Playbook => Path.Combine(_folder, "playbook");

    public string Database { get; }

    public string File(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A folder of this name.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <summary>Looks into the database beside whoever uses it.</summary>
    public async Task<T> LookAsync<T>(Func<ReadConnection, T> look)
    {
        await using var database =
            Baton.Storage.Database.Open(new DatabaseOptions { Path = Database }, TimeProvider.System);
        return database.Read(look);
    }

    /// <summary>Waits until so many conversations are decided and no job is left.</summary>
    public async Task WaitForDecisionsAsync(int count)
    {
        await using var database =
            Baton.Storage.Database.Open(new DatabaseOptions { Path = Database }, TimeProvider.System);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (database.Read(c => (c.Number("select count(*) from decisions"), c.Number("select count(*) from jobs")))
            is var (decisions, jobs) && (decisions < count || jobs > 0))
        {
            Assert.False(patience.IsCancellationRequested, $"{decisions} of {count} decided, {jobs} jobs left");
            await Task.Delay(50);
        }
    }

    /// <summary>Every conversation has one message of the customer, one decision, and a whole record.</summary>
    public async Task<IReadOnlySet<string>> CheckEveryTicketOnceAsync()
    {
        var (ids, problems) = await LookAsync(c => (
            c.Query("""
                select conversation_id,
                    (select count(*) from messages m where m.conversation_id = t.conversation_id and author = 'customer'),
                    (select count(*) from decisions d where d.conversation_id = t.conversation_id),
                    (select count(*) from events e where e.conversation_id = t.conversation_id and type = 'DecisionMade')
                from conversations t
                """, r => (Id: r.Text(0), Messages: r.Int64(1), Decisions: r.Int64(2), Made: r.Int64(3))),
            LedgerVerifier.Verify(c).Problems));
        Assert.Empty(problems);
        Assert.DoesNotContain(ids, i => (i.Messages, i.Decisions, i.Made) != (1, 1, 1));
        return ids.Select(i => i.Id).ToHashSet();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
