using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.Solving;
using Baton.Conversations.Tickets;
using Baton.Playbooks;
using Baton.Storage.Events;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions.Solving;

/// <summary>"This solved it", in words and by the button of a link.</summary>
public sealed class SolvedTests : IAsyncLifetime
{
    private static readonly Offer Passage = new("returns", "Returns", "How long", "You have 60 days.", 0.8);

    private readonly Desk _desk = new();

    public async ValueTask InitializeAsync()
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange));
        await _desk.AppendAsync("T-1", new ConversationEvent.OfferMade(1, [Passage]));
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Closes_an_unclaimed_ticket_and_frees_its_place_and_its_clocks()
    {
        Assert.True(_desk.State().Clocks.Running.Count > 0);
        Assert.True(_desk.Count("open_tickets") > 0);

        await _desk.WriteAsync("That solved it, thanks!");

        var state = _desk.State();
        Assert.Equal(ConversationStatus.Closed, state.Status);
        Assert.Empty(state.Clocks.Running);
        Assert.Null(state.DueAt);
        Assert.Equal(0, _desk.Count("open_tickets"));
        Assert.Equal(0, _desk.Database.Read(c => c.Number("select count(*) from timers where kind like 'sla_%'")));
        Assert.Equal("Good to hear. We have closed ticket T-1; reply here if anything is left, and it opens again.",
            _desk.Said()[^1]);
    }

    [Fact]
    public async Task Only_tells_the_person_who_has_claimed_it()
    {
        await ActAsync(new PersonAction.Claim());
        var said = _desk.Said().Count;

        await _desk.WriteAsync("That solved it, thanks!");

        Assert.Equal(ConversationStatus.Claimed, _desk.State().Status);
        Assert.True(_desk.State().SaidSolved);
        Assert.Equal(said, _desk.Said().Count);
    }

    [Fact]
    public async Task Leaves_a_ticket_with_a_further_message_to_a_person()
    {
        await _desk.WriteAsync("By the way, the lid of the stove is loose.");
        await _desk.WriteAsync("That solved it, thanks!");

        Assert.Equal(ConversationStatus.Escalated, _desk.State().Status);
        Assert.True(_desk.State().SaidSolved);
    }

    [Theory]
    [InlineData("That did not solve it.")]
    [InlineData("That solved it, but my hand is burnt.")]
    [InlineData("That solved it. I want to talk to a human.")]
    public async Task Stays_open_for_other_words(string text)
    {
        await _desk.WriteAsync(text);

        Assert.Equal(ConversationStatus.Escalated, _desk.State().Status);
        Assert.False(_desk.State().SaidSolved);
    }

    [Fact]
    public async Task Stays_open_where_nothing_was_offered()
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange, "T-2"));

        await _desk.WriteAsync("that solved it", "T-2");

        Assert.Equal(ConversationStatus.Escalated, _desk.State("T-2").Status);
    }

    [Fact]
    public async Task Goes_back_to_people_when_the_customer_returns()
    {
        await _desk.WriteAsync("that solved it");

        await _desk.WriteAsync("No, it came back.");

        Assert.Equal(ConversationStatus.Escalated, _desk.State().Status);
        Assert.True(_desk.State().Locked);
        Assert.Equal(0, _desk.State().OfferedTurn);
    }

    [Fact]
    public async Task Closes_by_the_button_of_a_link_once()
    {
        var resolutions = _desk.Get<Resolutions>();
        var link = new SolvedLink("T-1", 1, 1);

        Assert.Equal(SolvedAnswer.Closed, await resolutions.ConfirmAsync(link, CancellationToken.None));
        Assert.Equal(ConversationStatus.Closed, _desk.State().Status);
        Assert.Equal(SolvedAnswer.Over, await resolutions.ConfirmAsync(link, CancellationToken.None));
        Assert.Single(_desk.Events().OfType<ConversationEvent.ResolutionConfirmed>());
    }

    [Fact]
    public async Task Tells_a_person_by_the_button_of_a_link_once()
    {
        var resolutions = _desk.Get<Resolutions>();
        await ActAsync(new PersonAction.Claim());
        for (var i = 0; i < 2; i++)
            Assert.Equal(
                SolvedAnswer.Told,
                await resolutions.ConfirmAsync(new SolvedLink("T-1", 1, 1), CancellationToken.None));

        Assert.Equal(ConversationStatus.Claimed, _desk.State().Status);
        Assert.Single(_desk.Events().OfType<ConversationEvent.ResolutionConfirmed>());
    }

    [Fact]
    public async Task Is_over_for_an_offer_of_another_time()
    {
        await ActAsync(new PersonAction.Claim());
        await ActAsync(new PersonAction.Unlock());

        Assert.Equal(SolvedAnswer.Over, await _desk.Get<Resolutions>().ConfirmAsync(
            new SolvedLink("T-1", 1, 1), CancellationToken.None));
        Assert.Equal(ConversationStatus.Open, _desk.State().Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Closes_where_passages_stood_beside_a_question(bool byLink)
    {
        var asked = await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForOrder, "T-2"));
        await _desk.AppendAsync("T-2", new ConversationEvent.OfferMade(1, [Passage]));

        if (byLink)
            await _desk.Get<Resolutions>().ConfirmAsync(new SolvedLink("T-2", 1, 1), CancellationToken.None);
        else
            await _desk.WriteAsync("That solved it, thanks!", "T-2");

        Assert.Equal(OutcomeKind.Asked, asked.Outcome);
        Assert.Equal(ConversationStatus.Closed, _desk.State("T-2").Status);
        Assert.False(_desk.State("T-2").Locked);
    }

    [Fact]
    public async Task Is_over_when_the_question_was_answered()
    {
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForOrder, "T-2"));
        await _desk.AppendAsync("T-2", new ConversationEvent.OfferMade(1, [Passage]));
        await _desk.WriteAsync("I do not know", "T-2");

        Assert.Equal(SolvedAnswer.Over, await _desk.Get<Resolutions>().ConfirmAsync(
            new SolvedLink("T-2", 1, 1), CancellationToken.None));
    }

    [Fact]
    public async Task Rebuilds_to_the_same_decisions()
    {
        await _desk.WriteAsync("That solved it, thanks!");
        var before = _desk.Latest("T-1");

        await LedgerRebuild.RunAsync(_desk.Database, [ConversationTables.ReadTable], CancellationToken.None);

        Assert.Equal(ConversationJson.Write(before), ConversationJson.Write(_desk.Latest("T-1")));
        Assert.Equal(EnumWords.Of(ConversationStatus.Closed), _desk.Database.Read(
            c => c.First("select status from conversations where conversation_id = 'T-1'", r => r.Text(0))));
    }

    private async Task ActAsync(PersonAction action)
    {
        var (_, problem) = await _desk.Get<Inbox>().ActAsync(
            "T-1", (_, _) => action, "ann", null, CancellationToken.None);
        Assert.Null(problem);
    }
}
