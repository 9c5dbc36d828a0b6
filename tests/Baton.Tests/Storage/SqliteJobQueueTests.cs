using Baton.Storage;
using Baton.Testing;

namespace Baton.Tests.Storage;

public sealed class SqliteJobQueueTests : JobQueueConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-").FullName;

    private protected override Task<Database> OpenAsync() => Task.FromResult(
        Database.Open(new DatabaseOptions { Path = Path.Combine(_folder, "baton.db") }, Clock));

    private protected override Task<Database> OpenAgainAsync() => OpenAsync();

    private protected override Task CleanUpAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
