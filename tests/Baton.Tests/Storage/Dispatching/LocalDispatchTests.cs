using Baton.Storage;
using Baton.Storage.Jobs.Dispatching;
using Baton.Testing;

namespace Baton.Tests.Storage.Dispatching;

public sealed class LocalDispatchTests : DispatchConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-").FullName;

    private protected override Task<Database> OpenAsync() => Task.FromResult(
        Database.Open(new DatabaseOptions { Path = Path.Combine(_folder, "baton.db") }, Clock));

    private protected override Task<Database> OpenAgainAsync() => OpenAsync();

    private protected override IDispatch NewDispatch() => LocalDispatch.Instance;

    private protected override ValueTask EndAsync(IDispatch dispatch) => ValueTask.CompletedTask;

    private protected override Task CleanUpAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
