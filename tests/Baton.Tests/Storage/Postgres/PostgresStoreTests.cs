using Baton.Storage;
using Baton.Testing;

namespace Baton.Tests.Storage.Postgres;

public sealed class PostgresStoreTests : StoreConformance
{
    private readonly string _url = PostgresCluster.NewDatabase();

    private protected override Task<Database> OpenAsync() => Task.FromResult(PostgresCluster.Open(_url, Clock));

    private protected override Task<Database> OpenAgainAsync() => OpenAsync();

    private protected override Task CleanUpAsync() => Task.CompletedTask;
}
