using System.Collections.Concurrent;
using System.Globalization;
using Baton.Amqp;
using Baton.Storage;
using Baton.Storage.Jobs.Dispatching;
using Baton.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Tests.Storage.Dispatching;

/// <summary>On a real broker and a real database.</summary>
public sealed class AmqpDispatchTests : DispatchConformance
{
    private static int _installations;

    private readonly string _prefix = string.Create(
        CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _installations)}");

    private readonly string _url = PostgresCluster.NewDatabase();

    private protected override Task<Database> OpenAsync() => Task.FromResult(PostgresCluster.Open(_url, Clock));

    private protected override Task<Database> OpenAgainAsync() => OpenAsync();

    private protected override IDispatch NewDispatch() => New();

    private protected override ValueTask EndAsync(IDispatch dispatch) => ((AmqpDispatch)dispatch).DisposeAsync();

    private protected override Task CleanUpAsync() => Task.CompletedTask;

    [Fact]
    public async Task Goes_on_without_its_broker_and_uses_it_again_when_it_is_back()
    {
        var server = RabbitServer.Running;
        await using var process = new Process(this, Db);
        Work(process);
        await process.AddAsync("a", "1");
        await Ran(1);

        server.Kill();
        try
        {
            await process.AddAsync("b", "2");
            await Ran(2);
        }
        finally
        {
            server.Start();
        }
        await Until.TrueAsync(() => ((AmqpDispatch)process.Dispatch).IsUp, Pass);
        await process.AddAsync("c", "3");
        await Ran(3);
        await StopAsync();
    }

    [Fact]
    public async Task Tells_every_process_what_one_of_them_signals()
    {
        await using var one = New();
        await using var other = New();
        var heard = new ConcurrentBag<string>();
        one.Hear(text => heard.Add("one " + text));
        other.Hear(text => heard.Add("other " + text));

        // A process hears what is told once it listens.
        await Until.TrueAsync(() => heard.Contains("one hello") && heard.Contains("other hello"),
            () =>
            {
                Pass();
                one.Signal("hello");
            });
    }

    [Fact]
    public async Task Says_which_broker_cannot_be_reached_and_loses_nudges_without_waiting()
    {
        await using var dispatch = new AmqpDispatch(
            new DispatchOptions { Amqp = "amqp://user:secret@127.0.0.1:1/" }, TimeProvider.System,
            NullLogger<AmqpDispatch>.Instance);
        for (var i = 0; i < 30_000; i++) dispatch.Nudge("work", $"k{i}");

        Assert.False(dispatch.IsUp);
        Assert.Equal("127.0.0.1:1", dispatch.Place);
    }

    private AmqpDispatch New() => new(
        new DispatchOptions { Amqp = RabbitServer.Running.Url, Prefix = _prefix }, Clock,
        NullLogger<AmqpDispatch>.Instance);
}
