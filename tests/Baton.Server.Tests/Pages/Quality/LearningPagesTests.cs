using System.Net;
using System.Text.Json.Nodes;
using Baton.Evaluation.Learning;
using Baton.Evaluation.Learning.Suggesting;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Pages.Quality;

/// <summary>What was learnt as leads see it: gaps, collisions, and suggestions that wait for a verdict.</summary>
public sealed class LearningPagesTests(ServerFixture server, ConsoleBrowser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_gaps_and_collisions_as_they_were_found_last()
    {
        var learned = server.Services.GetRequiredService<Learned>();
        await learned.KeepAsync(Learned.Gaps, JsonNode.Parse("""
            {"gaps":[{"name":"Can I <b>bring</b> my dog?","size":31,"deflects":{"value":0.031,"low":0.024,"high":0.039},
             "closest":{"article":"store-hours","heading":"Holidays","similarity":0.41,"lacks":["dog","leash"]},
             "questions":["Can I <b>bring</b> my dog?"],"tickets":["T-1"],
             "draft":{"heading":"Dogs","body":"Dogs on a leash are welcome.","questions":[],"from_answers":4}}]}
            """)!.AsObject(), Token);
        await learned.KeepAsync(Learned.Collisions, JsonNode.Parse("""
            {"collisions":[{"one":"refund_request","other":"refund_status","misread":3,"examples":40,"traffic":0.1,
             "separating_brings":{"value":0.0075,"low":0.002,"high":0.02},
             "sentences":[{"text":"my money please","labelled":"refund_status","read":"refund_request","confidence":0.7}]}]}
            """)!.AsObject(), Token);
        using var visitor = await server.VisitorAsync(Token);

        var gaps = await visitor.GetStringAsync("/quality/gaps", Token);
        var pairs = WebUtility.HtmlDecode(await visitor.GetStringAsync("/quality/collisions", Token));

        Assert.Contains("Can I &lt;b&gt;bring&lt;/b&gt; my dog?", gaps, StringComparison.Ordinal);
        Assert.Contains("dog, leash", gaps, StringComparison.Ordinal);
        Assert.Contains("Dogs on a leash are welcome.", gaps, StringComparison.Ordinal);
        Assert.Contains("3.1", gaps, StringComparison.Ordinal);
        Assert.Contains("refund request and refund status", pairs, StringComparison.Ordinal);
        Assert.Contains("my money please", pairs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lead_edits_accepts_and_rejects_with_one_key_each_and_nothing_is_wider_than_a_phone()
    {
        var store = server.Services.GetRequiredService<SuggestionStore>();
        LearntSuggestion[] found =
        [
            new(SuggestionKind.Example, "change_order", "swap my kettle", "moved to l2", ["T-1", "T-2", "T-3"]),
            new(SuggestionKind.Question, "returns#How long", "until when may I bring it back", "no person was needed", ["T-4"]),
        ];
        await store.TakeAsync(found, Token);
        var page = await browser.OpenAsync(400, 900);
        await ConsoleBrowser.LogInAsync(page, server);

        await page.GotoAsync(server.Address + "quality/suggestions");
        Assert.Equal(0, await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
        await page.Keyboard.PressAsync("e");
        await page.Locator("#text").FillAsync("swap my kettle for a pot");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("a");
        await page.Locator($"[data-suggestion='{found[1].Id}']").WaitForAsync();
        await page.Keyboard.PressAsync("r");
        await page.Locator("text=No suggestion is open").WaitForAsync();

        Assert.Equal("swap my kettle for a pot", Assert.Single(store.List(SuggestionStore.Accepted, 10)).Suggestion.Text);
        Assert.Equal(found[1].Id, Assert.Single(store.List(SuggestionStore.Rejected, 10)).Suggestion.Id);
        await page.GotoAsync(server.Address + "quality/suggestions?asked=true");
        await page.Locator("[role=status]:has-text('Baton is looking')").WaitForAsync();
    }
}
