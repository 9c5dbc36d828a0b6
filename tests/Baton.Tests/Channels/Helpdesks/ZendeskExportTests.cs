using Baton.Channels.Zendesk;
using Baton.Operations.Vendors;
using Baton.Testing;
using Baton.Testing.Vendors;

namespace Baton.Tests.Channels.Helpdesks;

public sealed class ZendeskExportTests
{
    private readonly ManualClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_every_ticket_page_by_page_and_goes_on_from_a_cursor()
    {
        await using var there = await FilledAsync();
        var pages = await Export(there).ReadAsync(null, _clock.GetUtcNow().AddDays(-1), Cancel).ToListAsync(Cancel);

        Assert.Equal([10, 10, 5], pages.Select(p => p.Tickets.Count));
        Assert.Equal(25, pages.SelectMany(p => p.Tickets).Select(t => t.Id("id")).Distinct().Count());
        Assert.All(pages, p => Assert.Null(p.Problem));
        var rest = await Export(there).ReadAsync(pages[1].Cursor, default, Cancel).ToListAsync(Cancel);
        Assert.Equal(5, Assert.Single(rest).Tickets.Count);
    }

    [Fact]
    public async Task Says_why_it_stopped_and_where_to_go_on()
    {
        await using var there = await FilledAsync();
        there.Fail(new VendorFault
        {
            When = r => r.Query.ContainsKey("cursor"), Answer = new VendorResponse(403, """{"error":"Forbidden"}"""),
        });

        var pages = await Export(there).ReadAsync(null, _clock.GetUtcNow().AddDays(-1), Cancel).ToListAsync(Cancel);

        Assert.Equal(2, pages.Count);
        Assert.Contains("403", pages[1].Problem, StringComparison.Ordinal);
        Assert.Equal(pages[0].Cursor, pages[1].Cursor);
    }

    [Fact]
    public async Task Ends_when_a_page_leads_nowhere()
    {
        await using var there = await FilledAsync();
        there.Fail(new VendorFault { Answer = new VendorResponse(200, """{"tickets":[],"end_of_stream":false}"""),
            Times = 100 });

        Assert.Single(await Export(there).ReadAsync(null, default, Cancel).ToListAsync(Cancel));
    }

    private async Task<StandInZendesk> FilledAsync()
    {
        var there = new StandInZendesk(_clock) { PageSize = 10 };
        await there.StartAsync(Cancel);
        for (var i = 0; i < 25; i++) there.Open($"question {i}");
        return there;
    }

    private ZendeskExport Export(StandInZendesk there) =>
        new(new VendorCalls(ZendeskChannel.Access(there.Options), TimeProvider.System), _clock);
}
