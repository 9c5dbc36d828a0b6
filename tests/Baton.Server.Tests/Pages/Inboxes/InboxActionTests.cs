using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Baton.Conversations;
using Baton.Conversations.Judging;
using Baton.Conversations.Tickets;
using Baton.People;
using Baton.Playbooks;
using Baton.Server.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Pages.Inboxes;

/// <summary>What agents do with a ticket, by the forms of its page.</summary>
public sealed partial class InboxActionTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Are_on_the_record_with_the_person_and_lead_back_to_where_they_were_done()
    {
        var (ann, browser) = await AgentAsync();
        await server.EscalatedAsync("act-all", Token);

        Assert.Equal("/inbox/act-all?view=late", await DoneAsync(browser, "act-all", new() { ["action"] = "claim" }));
        await DoneAsync(browser, "act-all", new() { ["action"] = "note", ["text"] = "Ask robin@example.com first" });
        var page = await browser.GetStringAsync("/inbox/act-all", Token);
        Assert.Contains("Ask robin@example.com first", page, StringComparison.Ordinal);
        Assert.Equal("/inbox?view=late", await DoneAsync(browser, "act-all", new()
        {
            ["action"] = "close", ["outcome"] = "solved", ["needed"] = "no",
        }));

        Assert.Equal(ann.Id, Assert.Single(server.Facts<ConversationEvent.Claimed>("act-all")).By);
        Assert.Equal(
            (ann.Id, PersonNeeded.No), server.Facts<ConversationEvent.HandoffJudged>("act-all") is [var judged]
                ? (judged.By, judged.Needed) : default);
        Assert.Equal(CloseOutcome.Solved, Assert.Single(server.Facts<ConversationEvent.Closed>("act-all")).Outcome);
        Assert.DoesNotContain("robin@", Assert.Single(server.Facts<ConversationEvent.NoteAdded>("act-all")).Text,
            StringComparison.Ordinal);
        browser.Dispose();
    }

    [Theory]
    [InlineData("reroute", "queue=l2&why=knows", "reason is ")]
    [InlineData("reroute", "reason=other&why=knows", "queue is empty")]
    [InlineData("reroute", "queue=l2&reason=other&why= ", "why is empty")]
    [InlineData("close", "needed=yes", "outcome is ")]
    [InlineData("close", "outcome=solved", "needed is ")]
    [InlineData("note", "text= ", "text is empty")]
    [InlineData("sing", "", "action is ")]
    public async Task Say_what_is_missing(string action, string fields, string problem)
    {
        var (_, browser) = await AgentAsync();
        await server.EscalatedAsync("act-missing", Token);
        var form = fields.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('='))
            .ToDictionary(f => f[0], f => f[1]);
        form["action"] = action;

        using var answer = await PostAsync(browser, "act-missing", form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(problem, await answer.Content.ReadAsStringAsync(Token), StringComparison.OrdinalIgnoreCase);
        browser.Dispose();
    }

    [Fact]
    public async Task Tell_the_second_of_two_people_who_was_faster()
    {
        var ((ann, first), (_, second)) = (await AgentAsync(), await AgentAsync());
        await server.EscalatedAsync("act-two", Token);
        var seen = Version().Match(await second.GetStringAsync("/inbox/act-two", Token)).Groups[1].Value;
        await DoneAsync(first, "act-two", new() { ["action"] = "claim" });

        using var late = await PostAsync(second, "act-two", new() { ["action"] = "claim", ["version"] = seen });

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains($"{ann.Name} claimed it since you looked", await late.Content.ReadAsStringAsync(Token),
            StringComparison.Ordinal);
        Assert.Contains($"{ann.Name} has this ticket", await second.GetStringAsync("/inbox/act-two", Token),
            StringComparison.Ordinal);
        first.Dispose();
        second.Dispose();
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("99999999999999999999")]
    public async Task Do_nothing_for_a_page_whose_version_was_changed(string version)
    {
        var (_, browser) = await AgentAsync();
        var id = $"act-changed-{version}";
        await server.EscalatedAsync(id, Token);
        await DoneAsync(browser, id, new() { ["action"] = "claim" });

        using var answer = await PostAsync(browser, id, new() { ["action"] = "release", ["version"] = version });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Empty(server.Facts<ConversationEvent.Released>(id));
        browser.Dispose();
    }

    [Fact]
    public async Task Note_calls_that_are_owed_until_the_customer_was_reached()
    {
        var (ann, browser) = await AgentAsync();
        await server.EscalatedAsync("act-call", Token);
        await server.HappenAsync("act-call", new ConversationEvent.CallbackScheduled(
            "+1 303 555 0199", "l1", TimeProvider.System.GetUtcNow().AddHours(1), "A person will call you."), Token);
        Assert.Contains("data-call=\"act-call\"", await browser.GetStringAsync("/calls", Token), StringComparison.Ordinal);
        Assert.Contains("data-calls", await browser.GetStringAsync("/inbox", Token), StringComparison.Ordinal);
        Assert.Contains("555 0199", await browser.GetStringAsync("/inbox/act-call", Token), StringComparison.Ordinal);

        using var wrong = await PostAsync(browser, "act-call", new() { ["action"] = "call", ["outcome"] = "" });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        await DoneAsync(browser, "act-call", new() { ["action"] = "call", ["outcome"] = "no_answer" });
        Assert.Contains("1 attempt so far", await browser.GetStringAsync("/inbox/act-call", Token), StringComparison.Ordinal);
        await DoneAsync(browser, "act-call", new() { ["action"] = "call", ["outcome"] = "reached" });

        Assert.All(server.Facts<ConversationEvent.CallbackAttempted>("act-call"), call => Assert.Equal(ann.Id, call.By));
        Assert.DoesNotContain("act-call", await browser.GetStringAsync("/calls", Token), StringComparison.Ordinal);
        browser.Dispose();
    }

    [Fact]
    public async Task Refuse_texts_without_end()
    {
        var (_, browser) = await AgentAsync();
        using var api = server.Api();
        await server.EscalatedAsync("act-long", Token);
        var text = new string('x', PersonActionJson.LongestReply + 1);

        using var reply = await browser.PostFormAsync("/inbox/act-long", "/tickets/messages",
            new() { ["id"] = "act-long", ["from"] = "agent", ["text"] = text }, Token);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains("the limit is 100000", await reply.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        foreach (var action in (object[])[new { action = "reply", text }, new { action = "note", text },
            new { action = "close", why = text }, new { action = "reroute", queue = "billing", why = text }])
        {
            using var refused = await api.PostAsJsonAsync("/api/tickets/act-long/actions", action, Token);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
        browser.Dispose();
    }

    [Fact]
    public async Task Take_and_pass_on_what_is_offered()
    {
        var (ann, browser) = await AgentAsync();
        foreach (var (id, action) in (IEnumerable<(string, string)>)[("act-accept", "accept"), ("act-pass", "decline")])
        {
            await server.EscalatedAsync(id, Token);
            if (server.Facts<ConversationEvent.Offered>(id).Count > 0)
                await server.HappenAsync(id, new ConversationEvent.OfferExpired("p_somebody"), Token);
            await server.HappenAsync(
                id, new ConversationEvent.Offered(ann.Id, TimeProvider.System.GetUtcNow().AddMinutes(5)), Token);
            await server.Services.GetRequiredService<PeopleStore>().SetPresenceAsync(
                ann.Id, Presence.Online, ann.Id, Token);
            Assert.Contains("data-offer", await browser.GetStringAsync("/inbox/" + id, Token),
                StringComparison.Ordinal);
            await DoneAsync(browser, id, new() { ["action"] = action });
        }

        Assert.Equal(ann.Id, Assert.Single(server.Facts<ConversationEvent.OfferAccepted>("act-accept")).By);
        Assert.Equal(ann.Id, Assert.Single(server.Facts<ConversationEvent.OfferDeclined>("act-pass")).By);
        browser.Dispose();
    }

    [Fact]
    public async Task Send_a_draft_and_stay_in_the_inbox()
    {
        var (ann, browser) = await AgentAsync();
        await server.EscalatedAsync("act-draft", Token);
        await server.DraftAsync("act-draft", "Within 60 days.", Token);

        using var sent = await browser.PostFormAsync("/inbox/act-draft", "/tickets/draft", new()
        {
            ["id"] = "act-draft", ["action"] = "send", ["back"] = "/inbox/act-draft",
        }, Token);

        Assert.Equal("/inbox/act-draft#latest", sent.Headers.Location?.ToString());
        await server.LeaveAsync("act-draft", Token);
        Assert.Equal(ann.Id, Assert.Single(server.Facts<ConversationEvent.AgentReplied>("act-draft")).By);
        browser.Dispose();
    }

    [Theory]
    [InlineData("away", HttpStatusCode.Found, "away")]
    [InlineData("wrap_up", HttpStatusCode.Found, "wrap_up")]
    [InlineData("gone", HttpStatusCode.BadRequest, "offline")]
    public async Task Say_whether_somebody_is_there(string word, HttpStatusCode status, string presence)
    {
        var (ann, browser) = await AgentAsync();

        using var answer = await browser.PostFormAsync(
            "/inbox", "/inbox/presence", new() { ["presence"] = word, ["back"] = "//evil.example" }, Token);

        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.Found) Assert.Equal("/inbox", answer.Headers.Location?.ToString());
        Assert.Equal(presence,
            EnumWords.Of(server.Services.GetRequiredService<PeopleStore>().Find(ann.Id)!.Presence));
        browser.Dispose();
    }

    private async Task<(Person, HttpClient)> AgentAsync()
    {
        var person = await server.PersonAsync(PersonRole.Agent, Token);
        return (person, await server.SignedInAsync(person, Token));
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient browser, string id, Dictionary<string, string> form)
    {
        form["id"] = id;
        form["back"] = $"/inbox/{id}?view=late";
        form["list"] = "/inbox?view=late";
        return browser.PostFormAsync("/inbox/" + id, "/inbox/act", form, Token);
    }

    private static async Task<string?> DoneAsync(HttpClient browser, string id, Dictionary<string, string> form)
    {
        using var answer = await PostAsync(browser, id, form);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.Location?.ToString();
    }

    [GeneratedRegex("name=\"version\" value=\"([0-9]+)\"")]
    private static partial Regex Version();
}
