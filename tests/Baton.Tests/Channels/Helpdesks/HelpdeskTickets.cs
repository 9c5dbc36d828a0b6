using Baton.Channels;
using Baton.Channels.Reading;
using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using Baton.Testing.Vendors;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Channels.Helpdesks;

/// <summary>The life of a ticket that is kept in a helpdesk, over its stand-in.</summary>
public abstract partial class HelpdeskTickets : IAsyncLifetime
{
    private readonly Random _random = new(3);
    private StandInHelpdesk? _there;
    private Desk? _desk;
    private IChannel? _channel;

    internal Desk Desk => _desk!;

    protected StandInHelpdesk There => _there!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract StandInHelpdesk NewStandIn(TimeProvider clock);

    protected abstract IChannel NewChannel(StandInHelpdesk there, TimeProvider clock);

    public async ValueTask InitializeAsync()
    {
        var clock = new Testing.ManualClock();
        _there = NewStandIn(clock);
        await _there.StartAsync(Cancel);
        _channel = NewChannel(_there, clock);
        _desk = new Desk(Files, channel: _channel, time: clock);
        Clock = clock;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_desk is not null) await _desk.DisposeAsync();
        if (_there is not null) await _there.DisposeAsync();
    }

    /// <summary>An answer that tells the price, too, to whom it may be told.</summary>
    private static Testing.PlaybookFiles Files => DeskPlaybook.Files().Replace(
        "intents/order_status.yaml", "answer: Order {order.id} is {order.status}.",
        "answer: |\n  Order {order.id} is {order.status}.\n  It cost {order.total}.");

    private Testing.ManualClock Clock { get; set; } = new();

    /// <summary>
    /// Nobody learns more of another customer's order by naming its number than its tool file allows.
    /// </summary>
    [Theory]
    [InlineData("mallory@example.com", false)]
    [InlineData("robin@example.com", true)]
    public async Task An_order_is_told_of_as_far_as_it_is_the_senders(string sender, bool isTheirs)
    {
        Desk.Shop.Answer = order => Task.FromResult(Shop.Json(
            $$$"""{"order":{"id":"{{{order}}}","status":"shipped","total":"640.00","customer_email":"robin@example.com"}}"""));
        var ticket = There.Open($"{DeskPlaybook.AsksForOrder} T-1234", sender);

        await RunAsync();

        var said = Assert.Single(ticket.Said);
        Assert.Contains("shipped", said, StringComparison.Ordinal);
        Assert.Equal(isTheirs, said.Contains("640.00", StringComparison.Ordinal));
        Assert.DoesNotContain("robin", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_is_answered_there_and_costs_nobody_a_second_look()
    {
        var ticket = There.Open(DeskPlaybook.AsksForReturns);

        await RunAsync();

        Assert.Contains("30 days", Assert.Single(ticket.Said), StringComparison.Ordinal);
        Assert.Empty(ticket.Noted);
        Assert.Contains("baton_replied", ticket.Tags);
        // The webhooks of our own updates have been read by now, and changed nothing.
        Assert.Equal(1, State(ticket).CustomerMessages);
        Assert.Equal(2, State(ticket).Transcript.Count);
    }

    [Fact]
    public async Task An_escalation_brings_its_packet_there_before_the_customer_is_told()
    {
        var ticket = await EscalatedAsync();

        var note = Assert.Single(ticket.Noted);
        Assert.Contains("Baton handed ticket", note, StringComparison.Ordinal);
        Assert.Contains("let me talk to a person", note, StringComparison.Ordinal);
        Assert.Single(ticket.Said);
        Assert.Equal(
            [StandInAuthor.Customer, StandInAuthor.Baton, StandInAuthor.Baton], ticket.Entries.Select(e => e.Who));
        Assert.Contains("baton_escalated", ticket.Tags);
    }

    [Fact]
    public async Task What_an_agent_writes_there_is_known_here_and_automation_stays_silent()
    {
        var ticket = await EscalatedAsync();

        There.AgentWrites(ticket, "Hello, I am Tess. I am looking into it.");
        There.AgentWrites(ticket, "Between us: angry.", isPublic: false);
        await RunAsync();

        var reply = Assert.Single(Desk.Events(State(ticket).Id).OfType<ConversationEvent.AgentReplied>());
        Assert.Contains("I am looking into it", reply.Text, StringComparison.Ordinal);
        Assert.StartsWith(_channel!.Name + ":", reply.By, StringComparison.Ordinal);
        Assert.True(State(ticket).AwaitsCustomer);
        Assert.Single(ticket.Said);
    }

    [Fact]
    public async Task An_agent_who_was_faster_keeps_automation_silent()
    {
        var ticket = There.Open(DeskPlaybook.AsksForReturns);
        There.AgentWrites(ticket, "You have as long as you like.");

        await RunAsync();

        Assert.Empty(ticket.Said);
        Assert.Contains(
            Desk.Events(State(ticket).Id).OfType<ConversationEvent.DecisionMade>(),
            d => d.Outcome == OutcomeKind.Silent);
    }

    [Fact]
    public async Task Files_of_the_customer_come_with_their_message_and_are_fetched_once()
    {
        var ticket = await EscalatedAsync();
        There.CustomerWrites(ticket, "", ("receipt.txt", "Order 7, 20 USD"), ("run.exe", "MZ"), ("gone.txt", "lost"));
        There.Fail(new VendorFault
        {
            When = r => r.Path.EndsWith("/2", StringComparison.Ordinal), Answer = new VendorResponse(404), Times = 9,
        });
        await RunAsync();

        There.CustomerWrites(ticket, "Did you get the receipt?");
        await RunAsync();

        var files = Desk.Database.Read(c => AttachmentRow.Of(c, State(ticket).Id));
        Assert.Equal(
            [("receipt.txt", null), ("run.exe", "files named .exe can run"), ("gone.txt", "its server answered 404")],
            files.Select(f => (f.Name, f.NotStored)));
        Assert.Equal(3, There.Requests.Count(r => r.Path.StartsWith("/files/", StringComparison.Ordinal)));
        Assert.Equal(3, State(ticket).CustomerMessages);
    }

    [Fact]
    public async Task What_a_person_writes_here_appears_there()
    {
        var ticket = await EscalatedAsync();

        await Desk.Get<Inbox>().ActAsync(
            State(ticket).Id, (id, text) =>
                new PersonAction.Reply(id, text), "tess", "I have looked: it is lost.", Cancel);
        await RunAsync();

        Assert.Contains("it is lost", ticket.Said[^1], StringComparison.Ordinal);
        Assert.Single(Desk.Events(State(ticket).Id).OfType<ConversationEvent.AgentReplied>());
    }

    [Fact]
    public async Task What_is_closed_there_is_closed_here()
    {
        var ticket = await EscalatedAsync();

        There.AgentCloses(ticket);
        await RunAsync();

        Assert.Equal(ConversationStatus.Closed, State(ticket).Status);
        Assert.Equal(0, Desk.Count("open_tickets"));
        Assert.Single(ticket.Noted);
    }

    [Fact]
    public async Task What_is_closed_here_is_closed_there_and_opens_again_with_its_customer()
    {
        var ticket = await EscalatedAsync();
        var id = State(ticket).Id;
        await Desk.Get<Inbox>().ActAsync(id, (_, _) => new PersonAction.Claim(), "tess", null, Cancel);
        await Desk.Get<Inbox>().ActAsync(id, (_, _) => new PersonAction.Close("done"), "tess", null, Cancel);
        await RunAsync();
        Assert.True(await IsClosedThereAsync(ticket));

        There.CustomerWrites(ticket, "It is broken again!");
        await RunAsync();

        Assert.Equal(ConversationStatus.Escalated, State(ticket).Status);
    }

    [Fact]
    public async Task A_rating_there_counts_here()
    {
        var ticket = There.Open(DeskPlaybook.AsksForReturns);
        await RunAsync();

        There.CustomerRates(ticket, 5, "quick!");
        await RunAsync();

        Assert.Equal(5, State(ticket).LastRating);
    }

    [Fact]
    public async Task What_was_closed_before_Baton_saw_it_is_no_work()
    {
        var ticket = There.Open(DeskPlaybook.AsksForReturns);
        There.AgentCloses(ticket);

        await RunAsync();

        Assert.Equal(0, State(ticket).Version);
        Assert.Empty(ticket.Said);
    }

    protected Conversation State(StandInTicket ticket) => Desk.State($"{_channel!.Name}-{ticket.Id}");

    /// <summary>Sends what the vendor has to tell, and works until nothing is left to do now.</summary>
    protected async Task RunAsync()
    {
        while (true)
        {
            foreach (var hook in There.Webhooks()) await TakeAsync(hook);
            var reads = Desk.Get<ChannelReads>().Worker();
            while (await reads.StepAsync(Cancel)) { }
            await Desk.WorkAsync();
            await Desk.DeliverAsync();
            if (There.Webhooks() is not { Count: > 0 } more) return;
            foreach (var hook in more) await TakeAsync(hook);
        }
    }

    /// <summary>The same over hours, with every attempt again.</summary>
    private async Task SettleAsync()
    {
        for (var attempt = 0; attempt < 12; attempt++)
        {
            await RunAsync();
            Clock.Advance(TimeSpan.FromMinutes(20));
        }
        await RunAsync();
    }

    /// <summary>As the door does.</summary>
    private async Task TakeAsync(InboundRequest hook)
    {
        Assert.IsType<Verification.Verified>(_channel!.Verify(hook));
        foreach (var arrival in Assert.IsType<ParsedRequest.Arrived>(_channel.Parse(hook)).All)
            Assert.IsType<IntakeOutcome.Accepted>(
                await Desk.Get<ChannelIntake>().AcceptAsync(_channel, arrival, Cancel));
    }

    private async Task<StandInTicket> EscalatedAsync()
    {
        var ticket = There.Open("let me talk to a person");
        await RunAsync();
        Assert.Equal(ConversationStatus.Escalated, State(ticket).Status);
        return ticket;
    }

    private async Task<bool> IsClosedThereAsync(StandInTicket ticket) =>
        Assert.IsType<ReadOutcome.Found>(await _channel!.ReadAsync(ticket.Id, Cancel)).Ticket.IsClosed;
}
