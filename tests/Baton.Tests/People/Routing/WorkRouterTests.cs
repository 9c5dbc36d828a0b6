using Baton.Conversations;
using Baton.Conversations.Tickets;
using Baton.People;
using Baton.People.Routing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.People.Routing;

/// <summary>Offers in the product: made, accepted, declined, expired; and the next ticket of a pull queue.</summary>
public sealed class WorkRouterTests : IAsyncLifetime
{
    private readonly Desk _desk = new(DeskPlaybook.Files().Replace("queues.yaml", "  l1:\n", """
          l1:
            assignment: push

        """).Replace("queues.yaml", "  l2:\n", "  l2:\n    accept_within: 5m\n"));

    private string _ann = "", _bea = "";

    private WorkRouter Router => _desk.Get<WorkRouter>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _ann = await AddAsync("ann", 2);
        _bea = await AddAsync("bea", 1);
        await PresentAsync(_ann, Presence.Online);
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange));
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Offers_a_ticket_to_one_person_who_takes_it()
    {
        Assert.Equal((0, 1), await Router.SweepAsync(Token));
        Assert.Equal((0, 0), await Router.SweepAsync(Token));
        Assert.Equal(_ann, _desk.State().Routing.OfferedTo);

        Assert.NotNull(await ActAsync(new PersonAction.Accept(), _bea));
        Assert.Null(await ActAsync(new PersonAction.Accept(), _ann));

        var state = _desk.State();
        Assert.Equal((ConversationStatus.Claimed, _ann), (state.Status, state.ClaimedBy));
        Assert.Null(state.Routing.OfferedTo);
        Assert.Equal(1, Load(_ann));
    }

    [Fact]
    public async Task Goes_on_when_nobody_answers_in_time()
    {
        await Router.SweepAsync(Token);
        await PresentAsync(_bea, Presence.Online);

        _desk.Clock.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal((0, 0), await Router.SweepAsync(Token));
        _desk.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((1, 1), await Router.SweepAsync(Token));

        Assert.Equal(_bea, _desk.State().Routing.OfferedTo);
        Assert.Equal([_ann], _desk.State().Routing.PassedBy);
        Assert.Equal(0, Load(_ann));
    }

    /// <summary>Real clocks count in less than the milliseconds of tables.</summary>
    [Fact]
    public async Task Goes_on_when_the_time_is_no_whole_number_of_milliseconds()
    {
        _desk.Clock.Advance(TimeSpan.FromTicks(4_567));
        await Router.SweepAsync(Token);

        _desk.Clock.Advance(TimeSpan.FromSeconds(121));

        Assert.Equal((1, 1), await Router.SweepAsync(Token));
    }

    [Fact]
    public async Task Goes_on_at_once_when_it_is_declined_or_its_person_leaves()
    {
        await PresentAsync(_bea, Presence.Online);
        await Router.SweepAsync(Token);
        Assert.Null(await ActAsync(new PersonAction.Decline(), _ann));
        await Router.SweepAsync(Token);
        Assert.Equal(_bea, _desk.State().Routing.OfferedTo);

        await PresentAsync(_bea, Presence.Away);
        await Router.SweepAsync(Token);

        Assert.Equal(_ann, _desk.State().Routing.OfferedTo);
        Assert.Equal(
            ["Offered", "OfferDeclined", "Offered", "OfferExpired", "Offered"],
            _desk.Events().Select(ConversationJson.TypeOf).Where(t => t.StartsWith("Offer", StringComparison.Ordinal)
                && t != "OfferMade"));
    }

    [Fact]
    public async Task Leaves_room_for_what_a_person_has_and_frees_it_while_the_customer_is_awaited()
    {
        await PresentAsync(_ann, Presence.Offline);
        await PresentAsync(_bea, Presence.Online);
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange, "T-2"));
        Assert.Equal((0, 1), await Router.SweepAsync(Token));
        Assert.Null(await ActAsync(new PersonAction.Accept(), _bea));
        Assert.Equal((0, 0), await Router.SweepAsync(Token));

        await _desk.AppendAsync("T-1", new ConversationEvent.AgentReplied("T-1/9", _bea, "which size?"));

        Assert.Equal(0, Load(_bea));
        Assert.Equal((0, 1), await Router.SweepAsync(Token));
    }

    [Fact]
    public async Task Claiming_a_ticket_that_is_offered_to_somebody_else_ends_the_offer()
    {
        await Router.SweepAsync(Token);

        Assert.Null(await ActAsync(new PersonAction.Claim(), _bea));

        Assert.NotNull(await ActAsync(new PersonAction.Accept(), _ann));
        Assert.Equal((0, 1), (Load(_ann), Load(_bea)));
    }

    [Fact]
    public async Task Gives_the_next_ticket_to_whoever_asks()
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange, "T-2"));

        Assert.Equal("T-1", await Router.NextAsync(_ann, Token));
        Assert.Equal("T-2", await Router.NextAsync(_bea, Token));
        Assert.Null(await Router.NextAsync(_ann, Token));
        Assert.Null(await Router.NextAsync("p_nobody", Token));
        Assert.Equal(_bea, _desk.State("T-2").ClaimedBy);
    }

    [Fact]
    public async Task Two_routers_at_once_give_a_person_no_more_than_there_is_room_for()
    {
        await PresentAsync(_ann, Presence.Offline);
        await PresentAsync(_bea, Presence.Online);
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange, "T-2"));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Router.SweepAsync(Token), Token)));

        Assert.Equal(1, Load(_bea));
    }

    private int Load(string person) => _desk.Database.Read(c => RoutingTables.Load(c, person));

    private async Task<string?> ActAsync(PersonAction action, string by) =>
        (await _desk.Get<Inbox>().ActAsync("T-1", (_, _) => action, by, null, Token)).Problem;

    private async Task<string> AddAsync(string name, int capacity)
    {
        var outcome = await _desk.Get<PeopleStore>().AddAsync(
            new PersonDetails { Name = name, Email = $"{name}@shop.test", Queues = ["l1", "l2"], Capacity = capacity },
            "test", Token);
        return Assert.IsType<PersonOutcome.Saved>(outcome).Person.Id;
    }

    private Task PresentAsync(string id, Presence presence) =>
        _desk.Get<PeopleStore>().SetPresenceAsync(id, presence, "test", Token);
}
