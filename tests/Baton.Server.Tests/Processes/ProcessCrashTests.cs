using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Baton.Server.Tests.Processes;

/// <summary>Real processes that are killed, or share a database.</summary>
public sealed class ProcessCrashTests(ITestOutputHelper output)
{
    private const string Question = "how long do I have to return something", Order = "where is my order T-1234";

    [Fact]
    public async Task Keeps_every_accepted_ticket_once_when_killed_while_hundreds_arrive()
    {
        using var place = new Place();
        var accepted = new ConcurrentDictionary<string, bool>();
        string key;
        using (var server = await ServerProcess.StartAsync(place))
        {
            key = server.ApiKey!;
            var enough = new TaskCompletionSource();
            var senders = Enumerable.Range(0, 600).Select(i => SendAsync(server, $"K-{i}", accepted, enough)).ToList();
            await enough.Task;
            server.Kill();
            await Task.WhenAll(senders);
        }

        using var again = await ServerProcess.StartAsync(place, key);
        var stored = await place.LookAsync(c => c.Number("select count(*) from conversations"));
        await place.WaitForDecisionsAsync((int)stored!);

        var ids = await place.CheckEveryTicketOnceAsync();
        output.WriteLine($"{accepted.Count} of 600 were accepted before the kill, {ids.Count} are stored");
        Assert.Empty(accepted.Keys.Except(ids));
    }

    [Fact]
    public async Task Stores_a_ticket_once_when_its_sender_repeats_it_after_a_kill()
    {
        using var place = new Place();
        string key;
        using (var server = await ServerProcess.StartAsync(place))
        {
            key = server.ApiKey!;
            Assert.True(ServerProcess.IsAccepted(await server.SubmitAsync("R-1", Question)));
            server.Kill();
        }

        using var again = await ServerProcess.StartAsync(place, key);
        Assert.True(ServerProcess.IsAccepted(await again.SubmitAsync("R-1", Question)));
        await place.WaitForDecisionsAsync(1);

        Assert.Equal(["R-1"], await place.CheckEveryTicketOnceAsync());
    }

    [Fact]
    public async Task Runs_a_turn_again_after_a_restart()
    {
        await using var shop = await SlowShop.StartAsync();
        using var place = new Place(shop.Address);
        string key;
        using (var server = await ServerProcess.StartAsync(place))
        {
            key = server.ApiKey!;
            await server.SubmitAsync("L-1", Order);
            await shop.Called;
            server.Kill();
        }
        shop.Open();

        using var again = await ServerProcess.StartAsync(place, key);
        var watch = Stopwatch.StartNew();
        await place.WaitForDecisionsAsync(1);

        output.WriteLine($"decided {watch.ElapsedMilliseconds} ms after the restarted server listened");
        await place.CheckEveryTicketOnceAsync();
        Assert.Equal(2, shop.Calls);
    }

    [Fact]
    public async Task Takes_over_the_turn_of_another_process_that_was_killed()
    {
        await using var shop = await SlowShop.StartAsync();
        using var place = new Place(shop.Address);
        using var first = await ServerProcess.StartAsync(place);
        await first.SubmitAsync("L-1", Order);
        await shop.Called;
        using var second = await ServerProcess.StartAsync(place, first.ApiKey);

        first.Kill();
        shop.Open();
        var watch = Stopwatch.StartNew();
        await place.WaitForDecisionsAsync(1);

        output.WriteLine($"decided {watch.ElapsedMilliseconds} ms after the kill");
        await place.CheckEveryTicketOnceAsync();
    }

    [Fact]
    public async Task Decides_every_ticket_once_with_two_processes_on_one_database()
    {
        using var place = new Place();
        using var first = await ServerProcess.StartAsync(place);
        using var second = await ServerProcess.StartAsync(place, first.ApiKey);

        var answers = await Task.WhenAll(Enumerable.Range(0, 300)
            .Select(i => (i % 2 == 0 ? first : second).SubmitAsync($"P-{i}", Question)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        await place.WaitForDecisionsAsync(300);

        Assert.Equal(300, (await place.CheckEveryTicketOnceAsync()).Count);
    }

    private static async Task SendAsync(
        ServerProcess server, string id, ConcurrentDictionary<string, bool> accepted, TaskCompletionSource enough)
    {
        try
        {
            if (ServerProcess.IsAccepted(await server.SubmitAsync(id, Question))) accepted[id] = true;
            if (accepted.Count >= 150) enough.TrySetResult();
        }
        catch (HttpRequestException)
        {
            // The server died before it answered: the ticket may be stored or not, and its sender would repeat it.
        }
    }
}
