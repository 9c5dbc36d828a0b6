using System.Net;
using System.Net.Http.Json;
using Baton.Evaluation.Learning;
using Baton.Evaluation.Results;
using Baton.Evaluation.Rollouts;
using Baton.Evaluation.Shadows;
using Baton.Operations.Autonomy;
using Baton.Operations.Scheduling;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Server.Cli.Evaluating.Kept;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;
using Baton.Testing;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Baton.Server.Tests.Pages.Quality;

/// <summary>
/// A server of its own whose playbook changes: the change is run, and let in; what is rolled out, runs in the shadow or
/// climbs the ladder is on its pages.
/// </summary>
public sealed class ShippingTests(ConsoleBrowser browser) : IAsyncLifetime
{
    private const string Golden = """
        {"id":"G-1","body":"how long do I have to return something","expect":{"outcome":"answer","acceptable":["person"]}}

        """;

    private readonly ServerFixture _server = new()
    {
        Other = new PlaybookFiles().AnsweringReturns().With("evals/golden.jsonl", Golden)
            .With("evals/gates.yaml", "gates: [{ metric: outcome_accuracy, at_least: 0.5 }]\n"),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Database Database => Get<Database>();

    private PlaybookVersions Versions => Get<PlaybookVersions>();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_edit_is_a_candidate_until_the_server_has_run_it_and_schedules_run_by_themselves()
    {
        var (first, results) = (Versions.State()!.Active, Get<EvaluationResults>());

        Edit("playbook.yaml", "triage_confidence: 0.05", "triage_confidence: 0.06");
        await Until.TrueAsync(() => Versions.State()!.Active != first);
        var second = Versions.State()!.Active;
        Edit("evals/golden.jsonl", "\"outcome\":\"answer\",\"acceptable\":[\"person\"]", "\"outcome\":\"silent\"");
        Edit("playbook.yaml", "triage_confidence: 0.06", "triage_confidence: 0.07");
        await Until.TrueAsync(() => Open("eval-candidate"));
        var ran = results.List(9).Count;
        await Database.WriteAsync(t => Get<Timers>().Schedule(
            t, EvaluationSchedule.Weekly, EvaluationSchedule.Kind, Database.Clock.GetUtcNow()), Token);
        await Until.TrueAsync(() => results.List(9).Count > ran);

        Assert.Equal(("gates", first), Versions.History(1).Select(h => (h.How, h.Previous)).Single());
        Assert.Equal(second, Versions.State()!.Active);
        Assert.NotNull(Versions.State()!.Candidate);
        Assert.Equal(["fail", "fail", "pass"], results.List(9).Select(r => r.Verdict));
        Assert.Contains(Database.Read(c => Ledger.Read(c, "operations/playbook")), e => e.Type == "PlaybookProposed");
        Assert.NotNull(Get<Schedules>().List().Single(s => s.Name == EvaluationSchedule.Weekly).Last);
        await Until.TrueAsync(() => Open("eval-weekly"));
    }

    [Fact]
    public async Task A_lead_sees_what_the_change_that_waits_would_have_done()
    {
        using (var api = _server.Api())
            foreach (var (id, body) in new[] { ("W-1", "how long do I have to return something"), ("W-2", "hello there") })
                await api.PostAsJsonAsync("/api/tickets", new { id, body }, Token);
        await Until.TrueAsync(() => Database.Read(c => c.Number("select count(*) from decisions")) == 2);
        using var lead = await _server.VisitorAsync(Token);
        var empty = await lead.GetStringAsync("/quality/replay", Token);
        Edit("evals/golden.jsonl", "\"outcome\":\"answer\",\"acceptable\":[\"person\"]", "\"outcome\":\"silent\"");
        Edit("escalation.yaml", "rules:\n", "rules:\n  - name: returns-by-people\n    when: intent == return_policy\n    then: { route: l1 }\n");
        await Until.TrueAsync(() => Versions.State()?.Candidate is not null);
        var waits = await lead.GetStringAsync("/quality/replay", Token);

        using var asked = await lead.PostFormAsync("/quality/replay", "/quality/learn", new() { ["back"] = "/quality/replay" }, Token);
        await Until.TrueAsync(() => Get<Learned>().Last(Learned.Replay) is not null);
        var page = WebUtility.HtmlDecode(await lead.GetStringAsync("/quality/replay", Token));

        Assert.Contains("No playbook waits", empty, StringComparison.Ordinal);
        Assert.Contains("waits and was not tried yet", waits, StringComparison.Ordinal);
        Assert.Equal("/quality/replay?asked=true", asked.Headers.Location?.ToString());
        Assert.Contains("1 of 2 decisions", page, StringComparison.Ordinal);
        Assert.Contains("returns-by-people", page, StringComparison.Ordinal);
        Assert.Contains(">W-1</a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">W-2</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lead_sees_both_arms_pauses_and_stops_a_roll_out_and_takes_a_step_on_the_ladder()
    {
        using var lead = await _server.VisitorAsync(Token);
        foreach (var (path, empty) in new[]
            { ("rollouts", "Nothing was rolled out yet"), ("shadow", "No playbook has run in the shadow yet") })
            Assert.Contains(empty, await lead.GetStringAsync("/quality/" + path, Token), StringComparison.Ordinal);
        await StartAsync();
        var rollout = Get<RolloutStore>().Open()!;

        var page = WebUtility.HtmlDecode(await lead.GetStringAsync("/quality/rollouts", Token));
        using var silent = await SendAsync(lead, new() { ["id"] = rollout.Id, ["to"] = "paused" });
        using var stale = await SendAsync(lead, new() { ["id"] = "ro_other", ["to"] = "paused", ["why"] = "x" });
        using var wrong = await SendAsync(lead, new() { ["id"] = rollout.Id, ["to"] = "completed", ["why"] = "x" });
        using var paused = await SendAsync(lead, new() { ["id"] = rollout.Id, ["to"] = "paused", ["why"] = "look" });
        var resume = await lead.GetStringAsync("/quality/rollouts", Token);
        using var stopped = await SendAsync(lead, new() { ["id"] = rollout.Id, ["to"] = "stopped", ["why"] = "seen" });

        Assert.Contains("Running: 25 % of new tickets have the candidate", page, StringComparison.Ordinal);
        Assert.Equal((400, 409, 400, 302, 302), ((int)silent.StatusCode, (int)stale.StatusCode, (int)wrong.StatusCode,
            (int)paused.StatusCode, (int)stopped.StatusCode));
        Assert.Contains("Resume the roll-out", resume, StringComparison.Ordinal);
        Assert.Equal(RolloutState.Stopped, Get<RolloutStore>().List(1)[0].State);
        Assert.Contains("data-verdict=\"undecided\"", await lead.GetStringAsync("/quality/shadow", Token), StringComparison.Ordinal);

        await Get<AutonomyRungs>().SetAsync("return_policy", AutonomyRung.Draft, 1, "Ann", "try it", Token);
        await DraftsAsync("return_policy", 60);
        var ladder = WebUtility.HtmlDecode(await lead.GetStringAsync("/quality/autonomy", Token));
        using var step = await lead.PostFormAsync("/quality/autonomy", "/quality/autonomy",
            new() { ["intent"] = "return_policy", ["rung"] = "auto", ["share"] = "0.25" }, Token);
        // The drafts that spoke for this step speak for no other.
        using var unproved = await lead.PostFormAsync("/quality/autonomy", "/quality/autonomy",
            new() { ["intent"] = "return_policy", ["rung"] = "auto", ["share"] = "1" }, Token);

        Assert.Contains("60 of 60 drafts were sent unchanged or nearly (94.0 % to 100.0 %", ladder.Replace("94.0%", "94.0 %", StringComparison.Ordinal).Replace("100.0%", "100.0 %", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, step.StatusCode);
        var set = Get<AutonomyRungs>().Find("return_policy")!;
        Assert.Equal((AutonomyRung.Auto, 0.25), (set.Rung, set.Share));
        Assert.StartsWith("60 of 60 drafts", set.Why, StringComparison.Ordinal);
        Assert.Equal(409, (int)unproved.StatusCode);
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    public async Task Pages_that_are_full_fit_and_have_nothing_that_axe_calls_serious(int width, ColorScheme scheme)
    {
        await StartAsync();
        await Get<AutonomyRungs>().SetAsync("return_policy", AutonomyRung.Draft, 1, "Ann", "try it", Token);
        await DraftsAsync("return_policy", 60);
        await ScoresAsync();
        var page = await browser.OpenAsync(width, 900, scheme);
        await ConsoleBrowser.LogInAsync(page, _server);
        foreach (var path in (string[])["rollouts", "shadow", "autonomy", "production", "collisions"])
        {
            await page.GotoAsync(new Uri(_server.Address, "quality/" + path).AbsoluteUri);
            await Assertions.Expect(page.Locator(".room-tabs a[aria-current=page]")).ToHaveCountAsync(1);
            var found = await page.RunAxe();
            Assert.DoesNotContain(found.Violations, v => v.Impact is "serious" or "critical");
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth") <= 0, path);
            // One line of tabs, in groups; the open one is in sight also where the bar is wider than the page.
            Assert.Equal(1, await page.EvaluateAsync<int>(
                "new Set([...document.querySelectorAll('.room-tabs a')].map(a => a.offsetTop)).size"));
            Assert.Equal(["Measure", "Change", "Learn"], await page.Locator(".tab-group").AllInnerTextsAsync());
            Assert.True(await page.EvaluateAsync<bool>(
                "(bar => bar.scrollWidth <= bar.clientWidth || innerWidth < 600)(document.querySelector('.room-tabs'))"), path);
            var box = (await page.Locator(".room-tabs a.active").BoundingBoxAsync())!;
            Assert.True(box.X >= 0 && box.X + box.Width <= width, path);
        }
        await page.GotoAsync(new Uri(_server.Address, "quality/production").AbsoluteUri);
        Assert.Equal(3, await page.Locator("[data-trend=escalation_appropriateness] [data-point]").CountAsync());
        Assert.Equal(["knowledge"], await page.Locator("[data-mark]").EvaluateAllAsync<string[]>(
            "marks => marks.map(m => m.dataset.mark)"));
    }

    private Task<HttpResponseMessage> SendAsync(HttpClient lead, Dictionary<string, string> fields) =>
        lead.PostFormAsync("/quality/rollouts", "/quality/rollouts", fields, Token);

    private T Get<T>() where T : notnull => _server.Services.GetRequiredService<T>();

    private bool Open(string group) => Database.Read(c => Notices.Open(c, 50))
        .Any(n => n.Notice.Group.StartsWith(group, StringComparison.Ordinal));

    private void Edit(string file, string old, string text)
    {
        var path = Path.Combine(_server.Playbook, file);
        var before = File.ReadAllText(path);
        Assert.Contains(old, before, StringComparison.Ordinal);
        File.WriteAllText(path, before.Replace(old, text, StringComparison.Ordinal));
    }

    /// <summary>A roll-out at a quarter and a shadow, of one candidate.</summary>
    private async Task StartAsync()
    {
        var held = Assert.IsType<LoadedPlaybook.Valid>(
            new PlaybookFiles().AnsweringReturns().Replace("playbook.yaml", "triage_confidence: 0.05", "triage_confidence: 0.08").Load());
        await Versions.KeepAsync(held, Token);
        var version = held.Playbook.Version;
        Assert.NotNull(await Get<RolloutStore>().StartAsync(version, Versions.State()!.Active, new RolloutPlan
        {
            Ramp = [0.25, 1], Hold = TimeSpan.FromDays(1), Guards = RolloutGuard.Default,
        }, "ann", "try it", Token));
        Assert.NotNull(await Get<ShadowStore>().StartAsync(version, new ShadowPlan(), "ann", "try it", Token));
    }

    /// <summary>Three weeks of scores, in the last of which an article was changed.</summary>
    private async Task ScoresAsync()
    {
        var today = Database.Clock.GetUtcNow().ToUnixTimeMilliseconds() / 86_400_000;
        await Database.WriteAsync(t =>
        {
            for (var week = 0; week < 3; week++)
                foreach (var figure in (string[])["scored", "scored_sum", "scored_weight", "scored_squares", "scored_square_sum"])
                    t.Execute(
                        """
                        insert into insight_facts (conversation_id, version, place, figure, day, sign, amount, step, turn, folded)
                        values ('E-1', $1, $2, $3, $4, 1, 1000000, 0, 1, 0)
                        """, 1L + week, figure.Length, figure + ":escalation_appropriateness", today - 7L * week);
        }, Token);
        var edited = Assert.IsType<LoadedPlaybook.Valid>(new PlaybookFiles().AnsweringReturns()
            .With("evals/golden.jsonl", Golden).With("evals/gates.yaml", "gates: [{ metric: outcome_accuracy, at_least: 0.5 }]\n")
            .Replace("knowledge/returns.md", "within 30 days", "within 31 days").Load());
        await Versions.KeepAsync(edited, Token);
        await Versions.ActivateAsync(edited.Playbook.Version, "override", "ann", "try it", Token);
    }

    private Task DraftsAsync(string intent, int sent) => Database.WriteAsync(t =>
    {
        for (var i = 0; i < sent; i++)
            t.Execute(
                """
                insert into draft_fates (conversation_id, turn, intent, fate, changed, at_ms) values ($1, 1, $2, 'sent', 0, $3)
                """, $"D-{i}", intent, SqlValue.Ms(Database.Clock.GetUtcNow()));
    }, Token);
}
