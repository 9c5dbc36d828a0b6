using Baton.Channels;
using Baton.Conversations.Inbound;
using Baton.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Baton.Testing.Conformance;

/// <summary>What comes in more than once, in another order, or while nobody works: all of it, once.</summary>
public abstract partial class ChannelConformance
{
    /// <summary>
    /// A later message of the ticket of <see cref="Genuine"/>, as the other side would send it now. Null when messages
    /// need something else first, or there are none.
    /// </summary>
    protected virtual InboundRequest? Later(IChannel channel) => null;

    [Fact]
    public async Task Takes_a_ticket_in_once_however_often_it_comes()
    {
        var (channel, request) = In();
        if (Opened(channel, request) is not { } ticket) return;
        await using var door = new ConformanceDoor();

        for (var i = 0; i < 3; i++) Assert.True(await door.TakeAsync(channel, request), "it was not accepted");

        Assert.Equal((1, ticket.Messages.Count), (door.Count("conversations"), door.Count("messages")));
    }

    [Fact]
    public async Task Takes_messages_in_once_in_whatever_order_they_come()
    {
        var (channel, request) = In();
        if (Opened(channel, request) is not { } ticket) return;
        var later = Later(channel);
        if (later is null) Assert.Skip("no later message of this channel is known");
        await using var door = new ConformanceDoor();

        Assert.False(await door.TakeAsync(channel, later), "a message came before its ticket: it has to come again");
        Assert.True(await door.TakeAsync(channel, request));
        foreach (var again in (InboundRequest[])[later, request, later])
            Assert.True(await door.TakeAsync(channel, again));

        Assert.Equal((1, ticket.Messages.Count + 1), (door.Count("conversations"), door.Count("messages")));
    }

    /// <summary>The ticket that a request opens; skips where one only says that something changed.</summary>
    private static InboundTicket? Opened(IChannel channel, InboundRequest request)
    {
        if (Arrivals(channel, request) is [Arrival.Ticket { Content: var ticket }]) return ticket;
        Assert.Skip("tickets of this channel are read where they are kept");
        return null;
    }

    private static IReadOnlyList<Arrival> Arrivals(IChannel channel, InboundRequest request) =>
        ((ParsedRequest.Arrived)channel.Parse(request)).All;

    /// <summary>The product's own intake, with a small playbook and nobody who works.</summary>
    private sealed class ConformanceDoor : IAsyncDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("baton-door-").FullName;
        private readonly ServiceProvider _services;

        public ConformanceDoor()
        {
            var playbook = Path.Combine(_folder, "playbook");
            new PlaybookFiles().WriteTo(playbook);
            _services = new ServiceCollection().AddLogging().AddBaton(
                new BatonOptions { Playbook = playbook, Database = Path.Combine(_folder, "baton.db") },
                new ConfigurationBuilder().Build()).BuildServiceProvider();
        }

        public async Task<bool> TakeAsync(IChannel channel, InboundRequest request)
        {
            Assert.IsType<Verification.Verified>(channel.Verify(request));
            var intake = _services.GetRequiredService<ChannelIntake>();
            foreach (var arrival in Arrivals(channel, request))
                if (await intake.AcceptAsync(channel, arrival, TestContext.Current.CancellationToken)
                    is not (IntakeOutcome.Accepted or IntakeOutcome.Duplicate)) return false;
            return true;
        }

        public int Count(string table) => (int)(_services.GetRequiredService<Database>().Read(
            connection => connection.Number($"select count(*) from {table}")) ?? 0);

        public async ValueTask DisposeAsync()
        {
            await _services.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
