using System.Text.Json.Nodes;
using Baton.Conversations.Tickets;
using Baton.Conversations.Tickets.Lists;
using Baton.Storage;
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
            case when i in (7, 30000, 44999) then 'a rare word' else 'subject' end, 1, 0, '0', $2 + i / 3, $2 + i / 3
        from n
        """, (long)Tickets, SqlValue.Ms(_desk.Clock.GetUtcNow().AddMilliseconds(-Tickets))));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public void Ends_a_search_that_finds_nothing_after_a_part_and_goes_on_with_the_next_page()
    {
        var pages = Pages(new TicketFilter { Q = "nothing has this" });

        Assert.Equal(Tickets / TicketList.TextsLookedAt, pages.Count);
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
    public async Task Leaves_closed_tickets_out_that_changed_last_before_the_look_back_and_open_ones_never()
    {
        var day = _desk.Clock.GetUtcNow() - TicketFilter.LookBack;
        await _desk.Database.WriteAsync(t =>
        {
            t.Execute("delete from conversations where conversation_id not in ('S-2', 'S-3', 'S-4', 'S-5', 'S-6')");
            t.Execute("update conversations set updated_at = $1 where conversation_id in ('S-2', 'S-3')",
                SqlValue.Ms(day.AddDays(-2)));
            t.Execute("update conversations set updated_at = $1 where conversation_id in ('S-4', 'S-5')",
                SqlValue.Ms(day.AddDays(2)));
        });

        Assert.Equal(["S-6", "S-4", "S-5", "S-2"], All(new TicketFilter { Limit = 1 }));
        Assert.Equal(["S-6", "S-4", "S-2"], All(new TicketFilter { Limit = 2, Status = "open" }));
        Assert.Equal(["S-5"], All(new TicketFilter { Status = "closed" }));
        Assert.Equal(["S-5", "S-3"], All(new TicketFilter { Status = "closed", Since = Day(day.AddDays(-3)) }));
        Assert.Equal(["S-6", "S-4", "S-5", "S-2", "S-3"], All(new TicketFilter { Since = "1970-01-01" }));
        Assert.Equal("since", Assert.Throws<TicketFormatException>(() => new TicketFilter { Since = "May" }.Check()).Field);

        string[] All(TicketFilter filter) => [.. Pages(filter).SelectMany(page => page)];
        string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("", "conversations_by_update")]
    [InlineData("status <> 'closed' and", "conversations_open")]
    public void Starts_a_page_where_the_last_one_ended_without_reading_what_came_before(string part, string index)
    {
        Assert.SkipWhen(PostgresCluster.Wanted, "the plan of the embedded database");
        Assert.Contains(
            _desk.Database.Read(c => c.Query(
                $"explain query plan select * from conversations where {part} updated_at >= $3 and updated_at <= $1 "
                + "and (updated_at < $1 or conversation_id > $2) order by updated_at desc, conversation_id limit 5",
                row => row.Text(3), 100L, "S-1", 0L)),
            step => step.Contains("SEARCH", StringComparison.Ordinal)
                && step.Contains(index, StringComparison.Ordinal));
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
