using System.Text;
using Baton.Channels;
using Baton.Channels.Reading;
using Baton.Testing.Vendors;
using Xunit;

namespace Baton.Testing.Conformance;

/// <summary>
/// What Baton expects of a channel to a helpdesk, besides <see cref="ChannelConformance"/>: tried on a stand-in that
/// counts what arrived, whatever the channel believes.
/// </summary>
public abstract partial class HelpdeskConformance : ChannelConformance, IAsyncLifetime
{
    private const int FuzzedReplies = 2_000;

    private StandInHelpdesk? _desk;

    /// <summary>The vendor, not started yet.</summary>
    protected abstract StandInHelpdesk NewStandIn(TimeProvider clock);

    /// <summary>The channel, set up for the stand-in and waiting a few seconds at most.</summary>
    protected abstract IChannel SetUp(StandInHelpdesk desk);

    /// <summary>Whether a request writes to the vendor.</summary>
    protected virtual bool Writes(VendorRequest request) => request.Method is "POST" or "PUT" or "PATCH";

    /// <summary>Whether a request says something to a customer.</summary>
    protected abstract bool Says(VendorRequest request);

    /// <summary>The vendor's answer when too much is asked, which may be asked again after 7 seconds.</summary>
    protected abstract VendorResponse TooMany();

    private StandInHelpdesk Desk => _desk ?? throw new InvalidOperationException("not started");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _desk = NewStandIn(TimeProvider.System);
        await _desk.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_desk is not null) await _desk.DisposeAsync();
    }

    protected override IChannel Channel() => SetUp(Desk);

    protected override InboundRequest Genuine(IChannel channel)
    {
        Desk.Open("Where is my order?");
        return Assert.Single(Desk.Webhooks());
    }

    protected override InboundRequest? Old(IChannel channel) =>
        Desk.Webhook(Desk.Open("Where is my order?"), TimeProvider.System.GetUtcNow().AddHours(-1));

    [Fact]
    public async Task Reads_who_wrote_what_and_who_may_see_it()
    {
        var ticket = Desk.Open("Where is my order?");
        Desk.AgentWrites(ticket, "Colleagues only.", isPublic: false);
        Desk.AgentWrites(ticket, "It is on its way.");
        Desk.CustomerWrites(ticket, "Thank you!");

        var read = await FoundAsync(ticket);

        Assert.Equal((ticket.Id, "ada@example.com"), (read.Opening.ExternalId, read.Opening.CustomerEmail));
        Assert.Equal(
            [
                (EntryAuthor.Customer, true, "Where is my order?"), (EntryAuthor.Agent, false, "Colleagues only."),
                (EntryAuthor.Agent, true, "It is on its way."), (EntryAuthor.Customer, true, "Thank you!"),
            ],
            read.Entries.Select(e => (e.Who, e.IsPublic, Seen(e.Text))));
        Assert.Equal(4, read.Entries.Select(e => e.Id).Distinct().Count());
        Assert.False(read.IsClosed);
    }

    [Fact]
    public async Task Reads_every_entry_of_a_long_ticket()
    {
        var ticket = Desk.Open("one");
        for (var i = 2; i <= 130; i++) Desk.CustomerWrites(ticket, $"message {i}");

        Assert.Equal(130, (await FoundAsync(ticket)).Entries.Count);
    }

    [Fact]
    public async Task Reads_that_people_are_done_with_it()
    {
        var ticket = Desk.Open("Where is my order?");
        Desk.AgentCloses(ticket);

        Assert.True((await FoundAsync(ticket)).IsClosed);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1)]
    public async Task Reads_what_the_customer_thinks_of_it(int stars)
    {
        var ticket = Desk.Open("Where is my order?");
        Desk.CustomerRates(ticket, stars, "As I see it");

        var read = await FoundAsync(ticket);
        Assert.Equal((stars, "As I see it"), (read.Stars, read.Remark));
    }

    [Fact]
    public async Task Knows_its_own_entries_again()
    {
        var ticket = Desk.Open("Where is my order?");
        await DeliverAsync(Text(ticket));

        Assert.Equal(EntryAuthor.Baton, (await FoundAsync(ticket)).Entries[^1].Who);
    }

    [Fact]
    public async Task Tries_a_round_trip_and_says_what_failed()
    {
        var steps = await SetUp(Desk).TestAsync(Cancel).ToListAsync(Cancel);
        Assert.NotEmpty(steps);
        Assert.All(steps, step => Assert.Null(step.Problem));

        Desk.Fail(new VendorFault { Answer = new VendorResponse(401, "{}"), Times = 10 });
        steps = await SetUp(Desk).TestAsync(Cancel).ToListAsync(Cancel);
        Assert.Contains("401", steps[^1].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_a_ticket_is_gone()
    {
        var ticket = Desk.Open("Where is my order?");
        Desk.Tickets.Remove(ticket.Id);

        Assert.IsType<ReadOutcome.Gone>(await SetUp(Desk).ReadAsync(ticket.Id, Cancel));
        Assert.IsType<DeliveryOutcome.Rejected>(await DeliverAsync(Text(ticket)));
    }

    [Fact]
    public async Task Reads_any_reply_without_an_exception()
    {
        var ticket = Desk.Open("Where is my order?");
        var genuine = (await RepliesAsync(ticket)).ToList();
        var (channel, random) = (SetUp(Desk), new Random(20_261_130));
        for (var i = 0; i < FuzzedReplies; i++)
        {
            Desk.Mend();
            var body = Encoding.UTF8.GetString(BrokenBytes.Of(random, genuine[random.Next(genuine.Count)]));
            Desk.Fail(new VendorFault { Answer = new VendorResponse(200, body), Times = 200 });
            var error = await Record(async () => await channel.ReadAsync(ticket.Id, Cancel));
            Assert.True(error is null, $"reply {i}: {error?.GetType().Name}: {error?.Message}\n{body}");
        }
    }

    private static ValueTask<Exception?> Record(Func<Task> read) => Xunit.Record.ExceptionAsync(read);

    /// <summary>What the vendor says to a read, to be broken.</summary>
    private async Task<IEnumerable<byte[]>> RepliesAsync(StandInTicket ticket)
    {
        using var http = new HttpClient();
        await SetUp(Desk).ReadAsync(ticket.Id, Cancel);
        var replies = new List<byte[]>();
        foreach (var request in Desk.Requests.Where(r => !Writes(r)))
        {
            using var again = new HttpRequestMessage(
                HttpMethod.Get, new Uri(Desk.Address, request.Path + "?"
                    + string.Join('&', request.Query.Select(q => $"{q.Key}={Uri.EscapeDataString(q.Value)}"))));
            foreach (var name in (string[])["Authorization", "Intercom-Version"])
                if (request.Headers.TryGetValue(name, out var value))
                    again.Headers.TryAddWithoutValidation(name, value);
            using var response = await http.SendAsync(again, Cancel);
            replies.Add(await response.Content.ReadAsByteArrayAsync(Cancel));
        }
        return replies;
    }

    private async Task<RemoteTicket> FoundAsync(StandInTicket ticket) =>
        Assert.IsType<ReadOutcome.Found>(await SetUp(Desk).ReadAsync(ticket.Id, Cancel)).Ticket;

    private Task<DeliveryOutcome> DeliverAsync(Outgoing message) => SetUp(Desk).DeliverAsync(message, Cancel);

    private static string Seen(string text) => Baton.Text.HtmlText.Of(text).Trim();

    private static OutgoingText Text(StandInTicket ticket) => SampleOutgoing.Text() with
    {
        ExternalId = ticket.Id, At = ticket.CreatedAt, Text = "Your order <has> shipped & is on its way.",
    };

    private static OutgoingRecord Record(StandInTicket ticket) => new()
    {
        IdempotencyKey = "T-1/record", TicketId = "T-1", ExternalId = ticket.Id, Channel = "x", Turn = 1,
        Outcome = "escalated", Route = "l1", Priority = "high", Queue = "billing", Intent = "order_status",
        Confidence = 0.5, At = ticket.CreatedAt,
        Note = "Baton handed ticket T-1 to queue billing, priority high.\nCustomer: c-1, tier plus\nTranscript:\nhi",
    };
}
