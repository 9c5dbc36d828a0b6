using System.Globalization;
using Baton.Storage;
using Baton.Testing;

namespace Baton.Tests.Storage.Postgres;

public sealed class PostgresStoreTests : StoreConformance
{
    private readonly string _url = PostgresCluster.EmptyDatabase();

    private protected override Task<Database> OpenAsync() => Task.FromResult(PostgresCluster.Open(_url, Clock));

    private protected override Task<Database> OpenAgainAsync() => OpenAsync();

    private protected override Task CleanUpAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_connection_that_the_server_ended_is_said_so_and_replaced()
    {
        await using var database = await OpenAsync();

        var ended = Assert.Throws<StorageException>(() => database.Read(
            c => c.Number("select cast(pg_terminate_backend(pg_backend_pid()) as integer)")));

        Assert.True(ended.IsTransient);
        Assert.Equal(1, database.Read(c => c.Number("select 1")));
    }

    [Theory]
    [InlineData("host=/nowhere,{0}&TargetSessionAttributes=primary")]
    [InlineData("host={0}&MaxAutoPrepare=0")]
    public async Task Opens_the_server_of_several_that_can_be_written_and_works_behind_a_pooler(string parameters)
    {
        var (address, socket) = (_url.Split("?host=")[0], _url.Split("?host=")[1]);
        await using var database = PostgresCluster.Open(
            $"{address}?{string.Format(CultureInfo.InvariantCulture, parameters, socket)}", Clock);

        await database.ProbeAsync(TestContext.Current.CancellationToken);
    }
}
