using Baton.Channels.Reading;
using Baton.Conversations;
using Baton.Storage.Outgoing;
using Baton.Testing.Vendors;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Channels.Helpdesks;

/// <summary>Webhooks twice and in any order, a vendor that fails, and what is counted there afterwards.</summary>
public abstract partial class HelpdeskTickets
{
    /// <summary>
    /// Forty tickets, every webhook twice, all in any order, while the vendor fails now and then.
    /// </summary>
    [Fact]
    public async Task Nothing_is_lost_and_nothing_twice_in_chaos()
    {
        const int Many = 40;
        for (var i = 0; i < Many; i++)
            There.Open(i % 2 == 0 ? DeskPlaybook.AsksForReturns : "let me talk to a person", $"c{i}@example.com");
        var hooks = There.Webhooks();
        var all = hooks.Concat(hooks).OrderBy(_ => _random.Next()).ToList();
        for (var i = 0; i < 15; i++)
        {
            There.Fail(new VendorFault { When = _ => _random.Next(4) == 0, Cuts = true });
            There.Fail(new VendorFault { When = _ => _random.Next(4) == 0, CutsBefore = true });
            There.Fail(new VendorFault { When = _ => _random.Next(4) == 0, Answer = new VendorResponse(503) });
        }

        foreach (var hook in all) await TakeAsync(hook);
        await SettleAsync();

        Assert.All(There.Tickets.Values, ticket => Assert.Single(ticket.Said));
        Assert.Equal(Many / 2, There.Tickets.Values.Count(ticket => ticket.Noted.Count == 1));
        Assert.Equal(Many / 2, There.Tickets.Values.Count(ticket => ticket.Noted.Count == 0));
        Assert.All(There.Tickets.Values, ticket => Assert.Equal(1, State(ticket).CustomerMessages));
    }

    [Fact]
    public async Task Messages_that_come_in_any_order_are_read_in_theirs()
    {
        var ticket = There.Open("first: where is my order, has my parcel shipped yet");
        There.CustomerWrites(ticket, "second");
        There.CustomerWrites(ticket, "third");

        foreach (var hook in There.Webhooks().Reverse()) await TakeAsync(hook);
        await RunAsync();

        Assert.Equal(
            ["first", "second", "third"],
            State(ticket).Transcript.Where(l => l.From == Author.Customer).Select(l => l.Text.Split(':')[0]));
    }

    [Fact]
    public async Task A_vendor_that_is_down_for_an_hour_loses_nothing()
    {
        var ticket = There.Open(DeskPlaybook.AsksForReturns);
        There.Fail(new VendorFault { Answer = new VendorResponse(503), Times = 9 });

        await SettleAsync();

        Assert.Single(ticket.Said);
    }

    [Fact]
    public async Task A_key_that_is_wrong_is_told_to_operators()
    {
        There.Open(DeskPlaybook.AsksForReturns);
        There.Fail(new VendorFault { Answer = new VendorResponse(401, "{}"), Times = 1_000 });

        await RunAsync();

        var notice = Assert.Single(Desk.Database.Read(c => Notices.Open(c, 10))).Notice;
        Assert.Equal(ChannelReads.Group(_channel!.Name), notice.Group);
        Assert.Contains("401", notice.Text, StringComparison.Ordinal);
    }
}
