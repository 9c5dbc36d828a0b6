using Baton.Conversations;
using Baton.Customers;
using Baton.Decisions.Stages;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Customers;

/// <summary>What a lookup leaves on the ticket.</summary>
public sealed class CustomerLookupTests
{
    [Fact]
    public async Task Is_one_event_at_the_start_with_its_outcome_and_time_and_holds_for_the_whole_ticket()
    {
        var directory = new CountedDirectory(new CustomerRecord("crm-7", "gold", 1, new Dictionary<string, string>()));
        await using var desk = new Desk(
            DeskPlaybook.Files().With("customers.yaml", "tiers: { gold: enterprise }\n"), directory: directory);

        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns) with { CustomerEmail = "ada@example.com" });
        await desk.WriteAsync("and how do I send it back?");

        var fetched = Assert.Single(desk.Events().OfType<ConversationEvent.CustomerContextFetched>());
        Assert.Equal((CustomerLookup.Found, "enterprise"), (fetched.Context.Lookup, fetched.Context.Tier));
        Assert.Equal(0, fetched.LatencyMs);
        Assert.Equal(["ada@example.com"], directory.Asked);
    }

    [Fact]
    public async Task Gets_the_highest_tier_when_it_failed_and_an_answer_all_the_same()
    {
        await using var desk = new Desk(directory: new CountedDirectory(null, fails: true));

        var decision = await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));

        var fetched = Assert.Single(desk.Events().OfType<ConversationEvent.CustomerContextFetched>());
        Assert.Equal(CustomerLookup.Failed, fetched.Context.Lookup);
        Assert.Equal(desk.Get<Baton.Playbooks.PlaybookHost>().Current.CustomerTiers[^1], fetched.Context.Tier);
        Assert.Equal(OutcomeKind.Replied, decision.Outcome);
    }

    [Fact]
    public async Task Gets_the_tier_of_strangers_where_the_directory_says_none()
    {
        await using var desk = new Desk(
            directory: new CountedDirectory(new CustomerRecord("crm-7", "", null, new Dictionary<string, string>())));

        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));

        var fetched = Assert.Single(desk.Events().OfType<ConversationEvent.CustomerContextFetched>());
        Assert.Equal(
            (CustomerLookup.Found, desk.Get<Baton.Playbooks.PlaybookHost>().Current.UnknownCustomerTier),
            (fetched.Context.Lookup, fetched.Context.Tier));
    }

    /// <summary>The lane of calm tickets and the first stage both want to know.</summary>
    [Fact]
    public async Task Asks_once_in_a_turn_whoever_wants_to_know()
    {
        await using var desk = new Desk();
        var directory = new CountedDirectory(null);
        var (turn, customers) = (SampleTurn.Of("hi"), new CustomerContexts(directory, desk.Clock));

        for (var i = 0; i < 2; i++)
            await ContextStage.CustomerAsync(turn, customers, desk.Store, TestContext.Current.CancellationToken);

        Assert.Single(directory.Asked);
    }

    private sealed class CountedDirectory(CustomerRecord? found, bool fails = false) : ICustomerDirectory
    {
        public List<string?> Asked { get; } = [];

        public ValueTask<CustomerRecord?> FindAsync(CustomerQuery query, CancellationToken cancellationToken)
        {
            Asked.Add(query.Email);
            return fails ? throw new CustomerDirectoryException("down", true) : new(found);
        }
    }
}
