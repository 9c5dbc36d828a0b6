using System.Net;
using System.Net.Http.Json;
using Baton.Conversations;
using Baton.People;
using Baton.Server.Tests.Accounts;

namespace Baton.Server.Tests.Pages.Inboxes;

/// <summary>Two tickets of one customer become one, by the form of the page.</summary>
public sealed class InboxMergeTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Are_suggested_and_merged()
    {
        foreach (var id in (string[])["merge-1", "merge-2"]) await SameCustomerAsync(id);
        var ann = await server.PersonAsync(PersonRole.Agent, Token);
        using var browser = await server.SignedInAsync(ann, Token);
        Assert.Contains("about the same", await browser.GetStringAsync("/inbox/merge-2", Token),
            StringComparison.Ordinal);

        using var done = await browser.PostFormAsync("/inbox/merge-2", "/inbox/act", new()
        {
            ["id"] = "merge-2", ["action"] = "merge", ["into"] = "merge-1",
        }, Token);
        using var again = await browser.PostFormAsync("/inbox/merge-2", "/inbox/act", new()
        {
            ["id"] = "merge-2", ["action"] = "merge", ["into"] = "merge-1",
        }, Token);

        Assert.Equal("/inbox/merge-1", done.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(ann.Id, Assert.Single(server.Facts<ConversationEvent.MergedFrom>("merge-1")).By);
        Assert.Contains("data-merged=\"merge-2\"", await browser.GetStringAsync("/inbox/merge-1", Token),
            StringComparison.Ordinal);
        Assert.Contains("data-merged-into=\"merge-1\"", await browser.GetStringAsync("/inbox/merge-2", Token),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_merged_by_programs_which_name_who_does_it()
    {
        foreach (var id in (string[])["merge-3", "merge-4"]) await SameCustomerAsync(id);
        using var api = server.Api();

        Assert.Equal(HttpStatusCode.NoContent, await MergeAsync(api, "merge-4", new { into = "merge-3", by = "Ada" }));

        Assert.EndsWith("for Ada", Assert.Single(server.Facts<ConversationEvent.MergedFrom>("merge-3")).By,
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, await MergeAsync(api, "merge-4", new { into = "merge-3" }));
        Assert.Equal(HttpStatusCode.Conflict, await MergeAsync(api, "merge-3", new { into = "merge-3" }));
        Assert.Equal(HttpStatusCode.NotFound, await MergeAsync(api, "nobody-wrote-this", new { into = "merge-3" }));
        Assert.Equal(HttpStatusCode.BadRequest, await MergeAsync(api, "merge-3", new { }));
        Assert.Equal(HttpStatusCode.BadRequest, await MergeAsync(api, "merge-3", new { into = "x", until = "y" }));
    }

    private static async Task<HttpStatusCode> MergeAsync(HttpClient api, string id, object body)
    {
        using var answer = await api.PostAsJsonAsync($"/api/tickets/{id}/merge", body, Token);
        return answer.StatusCode;
    }

    private async Task SameCustomerAsync(string id)
    {
        using var api = server.Api();
        using var answer = await api.PostAsJsonAsync("/api/tickets?wait=30s", new
        {
            id, customer = new { id = "c-merges" },
            body = "I want to speak to a person: the pole of my tent broke on the first night.",
        }, Token);
        answer.EnsureSuccessStatusCode();
    }
}
