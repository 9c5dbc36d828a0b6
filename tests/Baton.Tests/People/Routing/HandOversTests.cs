using Baton.Conversations;
using Baton.People;
using Baton.People.Routing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.People.Routing;

/// <summary>Who is out of office hands over what is open, gets nothing new, and is back by itself.</summary>
public sealed class HandOversTests : IAsyncLifetime
{
    private readonly Desk _desk = new();
    private Person _ann = null!, _ben = null!, _cem = null!;

    private PeopleStore People => _desk.Get<PeopleStore>();

    private HandOvers HandOvers => _desk.Get<HandOvers>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _desk.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        (_ann, _ben, _cem) = (await AddAsync("ann"), await AddAsync("ben"), await AddAsync("cem"));
        foreach (var id in (string[])["T-1", "T-2"])
        {
            await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange, id));
            await _desk.AppendAsync(id, new ConversationEvent.Claimed(_ann.Id));
        }
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Gives_every_ticket_to_the_stand_in_when_it_begins_and_leaves_the_clocks()
    {
        var clocks = _desk.State().Clocks;
        await SetAsync(_ann, new OutOfOffice(Now.AddDays(7), _ben.Id) { From = Now.AddHours(2) });
        Assert.Equal(0, await HandOvers.SweepAsync(Token));

        _desk.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(2, await HandOvers.SweepAsync(Token));

        foreach (var id in (string[])["T-1", "T-2"])
        {
            Assert.Equal((ConversationStatus.Claimed, _ben.Id), (_desk.State(id).Status, _desk.State(id).ClaimedBy));
            Assert.Equal(new ConversationEvent.HandedOver(_ann.Id, _ben.Id),
                Assert.Single(_desk.Events(id).OfType<ConversationEvent.HandedOver>()));
        }
        Assert.Equal(clocks, _desk.State().Clocks);
        Assert.Equal(0, await HandOvers.SweepAsync(Token));
    }

    [Fact]
    public async Task Gives_them_back_to_the_queue_where_nobody_stands_in()
    {
        await SetAsync(_ann, new OutOfOffice(Now.AddDays(7), null));
        Assert.Equal(2, await HandOvers.SweepAsync(Token));

        Assert.Equal((ConversationStatus.Escalated, null), (_desk.State().Status, _desk.State().ClaimedBy));
        Assert.NotNull(_desk.State().Routing.WaitingSince);
    }

    [Fact]
    public async Task Asks_the_stand_in_of_a_stand_in_who_is_away_too()
    {
        await SetAsync(_ben, new OutOfOffice(Now.AddDays(3), _cem.Id));
        await SetAsync(_ann, new OutOfOffice(Now.AddDays(7), _ben.Id));
        await HandOvers.SweepAsync(Token);

        Assert.Equal(_cem.Id, _desk.State().ClaimedBy);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Goes_to_the_queue_where_stand_ins_lead_in_a_circle_or_have_gone(bool circle)
    {
        if (circle) await SetAsync(_ben, new OutOfOffice(Now.AddDays(3), _ann.Id));
        await SetAsync(_ann, new OutOfOffice(Now.AddDays(7), _ben.Id));
        if (!circle) await People.DisableAsync(_ben.Id, true, "test", Token);
        await HandOvers.SweepAsync(Token);

        Assert.Equal(ConversationStatus.Escalated, _desk.State().Status);
    }

    [Fact]
    public async Task Leaves_what_somebody_takes_while_away_and_what_was_there_before_another_change()
    {
        await SetAsync(_ann, new OutOfOffice(Now.AddDays(7), null));
        await HandOvers.SweepAsync(Token);
        await _desk.AppendAsync("T-1", new ConversationEvent.Claimed(_ann.Id));
        var ann = People.Find(_ann.Id)!;
        await People.ChangeAsync(
            ann.Id, ann.Version, PersonDetails.Of(ann) with { Capacity = 7 }, "test", Token);

        Assert.Equal(0, await HandOvers.SweepAsync(Token));
        Assert.Equal(_ann.Id, _desk.State().ClaimedBy);
    }

    [Fact]
    public async Task Takes_no_work_between_and_is_back_by_itself()
    {
        await People.SetPresenceAsync(_ann.Id, Presence.Online, _ann.Id, Token);
        await SetAsync(_ann, new OutOfOffice(Now.AddDays(7), null) { From = Now.AddHours(2) });

        Assert.True(People.Find(_ann.Id)!.TakesWork(Now.AddHours(2).AddTicks(-1)));
        Assert.False(People.Find(_ann.Id)!.TakesWork(Now.AddHours(2)));
        Assert.False(People.Find(_ann.Id)!.TakesWork(Now.AddDays(7).AddTicks(-1)));
        Assert.True(People.Find(_ann.Id)!.TakesWork(Now.AddDays(7)));
    }

    [Fact]
    public async Task Is_refused_with_an_end_before_its_beginning() => Assert.IsType<PersonOutcome.Refused>(
        await People.ChangeAsync(_ann.Id, _ann.Version, PersonDetails.Of(_ann) with
        {
            OutOfOffice = new OutOfOffice(Now.AddDays(1), null) { From = Now.AddDays(2) },
        }, "test", Token));

    private async Task SetAsync(Person person, OutOfOffice absence)
    {
        var now = People.Find(person.Id)!;
        Assert.IsType<PersonOutcome.Saved>(await People.ChangeAsync(
            now.Id, now.Version, PersonDetails.Of(now) with { OutOfOffice = absence }, now.Id, Token));
    }

    private async Task<Person> AddAsync(string name) => Assert.IsType<PersonOutcome.Saved>(await People.AddAsync(
        new PersonDetails { Name = name, Email = name + "@shop.test", Queues = ["l1"] }, "test", Token)).Person;
}
