using System.Text.Json.Nodes;
using Baton.Conversations.Tickets;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Conversations;

/// <summary>Searches over many tickets: a page looks at a part of them, and the pages together at all.</summary>
public sealed class TicketSearchTests : IAsyncLifetime
{
    private const int Tickets = 45_000;

    private readonly Desk _desk = new();

    public async ValueTask InitializeAsync() => await _desk.Database.WriteAsync(t => t.Execute(
        """
        with recursive n(i) as (select 1 union all select i + 1 from n where i < $1)
        insert into conversations (conversation_id, version, status, locked, channel, subject, turn, needs_review,
            cost_usd, started_at, updated_at)
        select 'S-' || i, 1, case when i % 2 = 0 then 'open' else 'closed' end, 0, 'email',
            case when i in (7, 30000, 44999) then 'a rare word' else 'subject' end, 1, 0, '0', i / 3, i / 3
        from n
        """, (long)Tickets));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public void Ends_a_search_that_finds_nothing_after_a_part_and_goes_on_with_the_next_page()
    {
        var pages = Pages(new TicketFilter { Q = "nothing has this" });

        Assert.Equal(3, pages.Count);
        Assert.All(pages, page => Assert.Empty(page));
    }

    [Fact]
    public void Finds_over_all_pages_what_few_tickets_have() => Assert.Equal(
        ["S-44999", "S-30000", "S-7"], Pages(new TicketFilter { Q = "RARE" }).SelectMany(page => page));

    [Fact]
    public void Gives_every_ticket_once_in_pages_of_any_size()
    {
        var all = Pages(new TicketFilter { Status = "open", Limit = 190 }).SelectMany(page => page).ToList();

        Assert.Equal(Tickets / 2, all.Count);
        Assert.Equal(Tickets / 2, all.Distinct().Count());
    }

    [Fact]
    public void Starts_a_page_where_the_last_one_ended_without_reading_what_came_before()
    {
        Assert.SkipWhen(PostgresCluster.Wanted, "the plan of the embedded database");
        Assert.Contains(
            _desk.Database.Read(c => c.Query(
                "explain query plan select * from conversations where updated_at <= $1 "
                + "and (updated_at < $1 or conversation_id > $2) order by updated_at desc, conversation_id limit 5",
                row => row.Text(3), 100L, "S-1")),
            step => step.Contains("SEARCH", StringComparison.Ordinal)
                && step.Contains("conversations_by_update", StringComparison.Ordinal));
    }

    private List<List<string>> Pages(TicketFilter filter)
    {
        var (pages, after) = (new List<List<string>>(), (string?)null);
        do
        {
            Assert.True(pages.Count < 1_000);
            filter.After = after;
            var page = _desk.Get<TicketQueries>().List(filter);
            pages.Add([.. ((JsonArray)page["items"]!).Select(i => (string)i!["id"]!)]);
            after = (string?)page["next"];
        }
        while (after is not null);
        return pages;
    }
}
