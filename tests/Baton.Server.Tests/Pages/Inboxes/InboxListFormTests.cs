using System.Net;
using Baton.Conversations;
using Baton.Conversations.Judging;
using Baton.People;
using Baton.Server.Tests.Accounts;
using Baton.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Pages.Inboxes;

/// <summary>Several tickets at once, views that are kept, and a list as a file.</summary>
public sealed class InboxListFormTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Close_each_by_itself_and_say_what_was_not_done_and_why()
    {
        foreach (var id in (string[])["bulk-1", "bulk-2", "bulk-3"]) await server.EscalatedAsync(id, Token);
        var (ann, ben) = (await server.PersonAsync(PersonRole.Agent, Token),
            await server.PersonAsync(PersonRole.Agent, Token));
        using var browser = await server.SignedInAsync(ann, Token);
        var picks = new[] { "bulk-1", "bulk-2", "bulk-3" }.Select(id => $"{Version(id)} {id}").ToList();
        await server.HappenAsync("bulk-2", new ConversationEvent.Claimed(ben.Id), Token);

        using var answer = await PostAsync(browser, [.. picks, "7 bulk-none"],
            ("action", "close"), ("outcome", "spam"), ("needed", "no"), ("remark", "one sender"));
        var page = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("2 of 4 done", page, StringComparison.Ordinal);
        Assert.Contains($"{ben.Name} claimed it since you looked", page, StringComparison.Ordinal);
        Assert.Contains("there is no such ticket", page, StringComparison.Ordinal);
        foreach (var id in (string[])["bulk-1", "bulk-3"])
        {
            Assert.Equal(ann.Id, Assert.Single(server.Facts<ConversationEvent.Claimed>(id)).By);
            Assert.Equal((ann.Id, CloseOutcome.Spam), server.Facts<ConversationEvent.Closed>(id) is [var closed]
                ? (closed.By, closed.Outcome) : default);
            Assert.Single(server.Facts<ConversationEvent.HandoffJudged>(id));
        }
        Assert.Empty(server.Facts<ConversationEvent.Closed>("bulk-2"));
    }

    [Fact]
    public async Task Move_with_a_reason_for_each()
    {
        foreach (var id in (string[])["bulk-4", "bulk-5"]) await server.EscalatedAsync(id, Token);
        var ann = await server.PersonAsync(PersonRole.Agent, Token);
        using var browser = await server.SignedInAsync(ann, Token);

        using var answer = await PostAsync(browser, [$"{Version("bulk-4")} bulk-4", $"{Version("bulk-5")} bulk-5"],
            ("action", "reroute"), ("queue", "billing"), ("reason", "wrong_team"), ("why", "all about money"));

        Assert.Contains("All done", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        foreach (var id in (string[])["bulk-4", "bulk-5"])
            Assert.Equal(("billing", RerouteReason.WrongTeam), server.Facts<ConversationEvent.Rerouted>(id) is [var moved]
                ? (moved.To, moved.Reason) : default);
    }

    [Theory]
    [InlineData("", "action=close&outcome=spam&needed=no", "no ticket is chosen")]
    [InlineData("1 x", "action=sing", "say reroute or close")]
    [InlineData("1 x", "action=close&needed=no", "outcome is")]
    [InlineData("1 x", "action=reroute&queue=l2&why=x", "reason is")]
    [InlineData("1 x", "action=reroute&queue=l2&reason=other", "why is empty")]
    public async Task Say_what_is_missing(string pick, string fields, string problem)
    {
        using var browser = await server.SignedInAsync(await server.PersonAsync(PersonRole.Agent, Token), Token);

        using var answer = await PostAsync(browser, pick.Length == 0 ? [] : [pick],
            [.. fields.Split('&').Select(f => f.Split('=')).Select(f => (f[0], f[1]))]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(problem, await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keep_a_view_and_let_leads_share_one()
    {
        using var agent = await server.SignedInAsync(await server.PersonAsync(PersonRole.Agent, Token), Token);
        using var lead = await server.SignedInAsync(await server.PersonAsync(PersonRole.Lead, Token), Token);
        Dictionary<string, string> form = new()
        {
            ["name"] = "Late money", ["list"] = "/inbox?view=late&queue=billing", ["share"] = "true",
        };

        using var refused = await agent.PostFormAsync("/inbox", "/inbox/views", form, Token);
        using var kept = await lead.PostFormAsync("/inbox", "/inbox/views", form, Token);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("/inbox?view=late&queue=billing", kept.Headers.Location?.ToString());
        Assert.Contains("Late money", await agent.GetStringAsync("/inbox", Token), StringComparison.Ordinal);
        using var gone = await lead.PostFormAsync("/inbox", "/inbox/views/remove", new() { ["name"] = "Late money" },
            Token);
        Assert.Equal(HttpStatusCode.Found, gone.StatusCode);
        Assert.DoesNotContain("Late money", await agent.GetStringAsync("/inbox", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Give_the_list_as_a_file_with_its_filters()
    {
        await server.EscalatedAsync("csv-1", Token);
        using var browser = await server.SignedInAsync(await server.PersonAsync(PersonRole.Agent, Token), Token);

        using var answer = await browser.GetAsync("/desk/list.csv?view=unassigned&q=csv-1", Token);
        var lines = (await answer.Content.ReadAsStringAsync(Token)).TrimEnd().Split('\n');

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("inbox-unassigned.csv", answer.Content.Headers.ContentDisposition?.FileName);
        Assert.StartsWith("ticket,priority,queue,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("csv-1,", Assert.Single(lines.Skip(1)), StringComparison.Ordinal);
        Assert.DoesNotContain("robin@", lines[1], StringComparison.Ordinal);
        using var wrong = await browser.GetAsync("/desk/list.csv?priority=soon", Token);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+44", "'+44")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("  =1+1", "'  =1+1")]
    [InlineData("\t=1+1", "'\t=1+1")]
    [InlineData("=cmd|' /C calc'!A0, more", "\"'=cmd|' /C calc'!A0, more\"")]
    [InlineData("he said \"no\"", "\"he said \"\"no\"\"\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("plain", "plain")]
    [InlineData(null, "")]
    public void Write_nothing_that_a_spreadsheet_would_compute(string? value, string field) =>
        Assert.Equal(field, CsvText.Field(value));

    private long Version(string id) => server.Services.GetRequiredService<ConversationStore>().Load(id).Version;

    private static async Task<HttpResponseMessage> PostAsync(
        HttpClient browser, string[] picks, params (string Name, string Value)[] fields)
    {
        Dictionary<string, string> form = [];
        // The token of the page; names that stand several times are added to it.
        using var none = await browser.PostFormAsync("/inbox?view=unassigned", "/inbox/bulk", form, Token);
        using var content = new FormUrlEncodedContent(
        [
            .. form.Select(f => KeyValuePair.Create(f.Key, f.Value)),
            .. picks.Select(p => KeyValuePair.Create("pick", p)),
            .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)),
        ]);
        return await browser.PostAsync("/inbox/bulk", content, Token);
    }
}
