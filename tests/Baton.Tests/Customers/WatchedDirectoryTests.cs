using Baton.Customers;
using Baton.Testing;

namespace Baton.Tests.Customers;

public sealed class WatchedDirectoryTests
{
    private static readonly CustomerQuery Ada = new("c-1", null, null);

    private readonly ManualClock _clock = new();
    private int _asked;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_up_after_its_time()
    {
        var asked = Watched(async token => await new TaskCompletionSource<CustomerRecord?>().Task.WaitAsync(token))
            .FindAsync(Ada, Cancel).AsTask();
        _clock.Advance(TimeSpan.FromMilliseconds(801));

        var error = await Assert.ThrowsAsync<CustomerDirectoryException>(() => asked);
        Assert.Equal("no answer within 800 ms", error.Message);
    }

    [Fact]
    public async Task Asks_nobody_for_a_while_after_failures_in_a_row_and_one_more_after_it()
    {
        var watched = Watched(_ => throw new CustomerDirectoryException("down", true));
        for (var i = 0; i < 8; i++) await FailsAsync(watched);
        Assert.Equal(5, _asked);

        _clock.Advance(TimeSpan.FromSeconds(31));
        for (var i = 0; i < 3; i++) await FailsAsync(watched);

        Assert.Equal(6, _asked);
    }

    [Fact]
    public async Task Counts_only_failures_in_a_row()
    {
        var watched = Watched(_ => _asked % 4 == 0
            ? Task.FromResult<CustomerRecord?>(null) : throw new CustomerDirectoryException("down", true));

        for (var i = 0; i < 20; i++) await Record.ExceptionAsync(async () => await watched.FindAsync(Ada, Cancel));

        Assert.Equal(20, _asked);
    }

    [Fact]
    public async Task Takes_what_the_ticket_says_where_the_directory_knows_nothing_or_is_down()
    {
        var given = new CustomerQuery("c-1", "plus", 2);

        Assert.Equal("plus",
            (await Watched(_ => Task.FromResult<CustomerRecord?>(null)).FindAsync(given, Cancel))!.Tier);
        Assert.Equal("plus", (await Watched(_ => throw new CustomerDirectoryException("down", true))
            .FindAsync(given, Cancel))!.Tier);
    }

    [Fact]
    public async Task Asks_nobody_about_a_stranger()
    {
        Assert.Null(await Watched(_ => throw new CustomerDirectoryException("down", true))
            .FindAsync(new CustomerQuery(null, null, null), Cancel));
        Assert.Equal(0, _asked);
    }

    [Fact]
    public async Task Stops_when_it_is_told_to()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Watched(token => Task.FromCanceled<CustomerRecord?>(token)).FindAsync(Ada, stopped.Token));
    }

    private static async Task FailsAsync(WatchedDirectory watched) =>
        await Assert.ThrowsAsync<CustomerDirectoryException>(async () => await watched.FindAsync(Ada, Cancel));

    private WatchedDirectory Watched(Func<CancellationToken, Task<CustomerRecord?>> find) =>
        new(new AskedDirectory(token =>
        {
            _asked++;
            return find(token);
        }), new CustomersOptions(), _clock);

    private sealed class AskedDirectory(Func<CancellationToken, Task<CustomerRecord?>> find) : ICustomerDirectory
    {
        public async ValueTask<CustomerRecord?> FindAsync(CustomerQuery query, CancellationToken cancellationToken) =>
            await find(cancellationToken);
    }
}
