using System.Text.Json;
using Baton.Knowledge.Importing;
using Baton.Server.Cli;
using Baton.Server.Cli.Deciding;
using Baton.Server.Cli.Knowing;
using Baton.Server.Tests.Processes;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;
using Baton.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Cli;

/// <summary>Articles from a helpdesk into a playbook, and what keeps them from coming into force.</summary>
public sealed class KnowledgeCommandTests : IDisposable
{
    private const string Golden = """
        {"id":"G-1","body":"how long do I have to return something","expect":{"outcome":"answer","must_say":[["30 days"]]}}
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("baton-knowledge-").FullName;
    private readonly string _playbook;

    public KnowledgeCommandTests()
    {
        _playbook = Path.Combine(_root, "playbook");
        // Sure of everything: what is answered depends on the articles alone.
        new PlaybookFiles()
            .Replace("playbook.yaml", "  triage_confidence: 0.70",
                "  triage_confidence: 0\n  decision_confidence: 0\n  answer_relevance: 0")
            .With("evals/golden.jsonl", Golden)
            .With("evals/gates.yaml", "gates: [{ metric: answerable_answered_right, at_least: 1 }]\n")
            .WriteTo(_playbook);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Imports_lists_and_activates_a_new_article()
    {
        var export = Export("""{"id": 7, "title": "Gift wrapping", "body": "<h2>Cost</h2><p>$4.50 each.</p>"}""",
            """{"id": 8, "title": "Broken"}""");

        var imported = await RunAsync("import", export, "--source", "helpdesk", "--json");
        var listed = await RunAsync("drafts");
        var activated = await RunAsync("activate");
        var none = await RunAsync("activate");

        Assert.Equal(2, imported.ExitCode);
        var source = JsonDocument.Parse(imported.Output).RootElement.GetProperty("sources")[0];
        Assert.Equal("new", source.GetProperty("changes")[0].GetProperty("change").GetString());
        Assert.Contains("has no 'body'", source.GetProperty("unreadable")[0].GetProperty("why").GetString(),
            StringComparison.Ordinal);
        Assert.Contains("gift-wrapping  \"Gift wrapping\" from helpdesk, new", listed.Output, StringComparison.Ordinal);
        Assert.Equal(0, activated.ExitCode);
        Assert.Contains("active: gift-wrapping", activated.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_playbook, "knowledge", "gift-wrapping.md")));
        Assert.Equal(1, none.ExitCode);
    }

    [Fact]
    public async Task Tries_a_changed_article_on_past_tickets_and_saves_nothing()
    {
        var article = Path.Combine(_playbook, "knowledge", "returns.md");
        var before = File.ReadAllText(article);
        var edited = Path.Combine(_root, "returns.md");
        File.WriteAllText(edited, "---\ntitle: Returns\n---\n## Elsewhere\n\nThe counter in the shop has moved.\n");
        var tickets = Path.Combine(_playbook, "evals", "golden.jsonl");

        var tried = await RunAsync("try", edited, "--tickets", tickets, "--json");
        var past = Path.Combine(_root, "past.db");
        await BatonProgram.RunAsync(["run", tickets, "--db", past, "--playbook", _playbook]);
        var stored = await RunAsync("try", edited, "--db", past);
        var same = await RunAsync("try", article, "--tickets", tickets);
        var nothing = await RunAsync("try", edited);

        Assert.Equal(0, tried.ExitCode);
        var changed = JsonDocument.Parse(tried.Output).RootElement.GetProperty("changed")[0];
        Assert.Equal("G-1", changed.GetProperty("ticket_id").GetString());
        Assert.StartsWith("returns#", changed.GetProperty("before").GetProperty("sections")[0].GetString(),
            StringComparison.Ordinal);
        Assert.Contains("1 of 1 tickets come out differently", stored.Output, StringComparison.Ordinal);
        Assert.Contains("0 of 1 tickets come out differently; nothing was saved", same.Output, StringComparison.Ordinal);
        Assert.Contains("name the past tickets", nothing.Output + nothing.Errors, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(article));
    }

    [Theory]
    [InlineData("<h2>Fees</h2><p>Ask us.</p>", true, "with them the playbook has mistakes")]
    [InlineData("<h2>How long you have</h2><p>You can send things back to the counter in the shop.</p>", false,
        "the golden tickets come out worse: answerable_answered_right 0 of 1 instead of 1 of 1 (at least 1)")]
    public async Task Does_not_activate_what_makes_answers_worse(string body, bool asked, string why)
    {
        var before = Mark("returns", "42");
        var questions = Path.Combine(_playbook, "knowledge", "questions");
        Directory.CreateDirectory(questions);
        if (asked) File.WriteAllText(Path.Combine(questions, "returns.yaml"), "How long you have: [until when]\n");
        var export = Export(JsonSerializer.Serialize(new { id = 42, title = "Returning something", body }));
        await RunAsync("import", export, "--source", "helpdesk");

        var refused = await RunAsync("activate", "--json");

        Assert.Equal(1, refused.ExitCode);
        var result = JsonDocument.Parse(refused.Output).RootElement;
        Assert.False(result.GetProperty("activated").GetBoolean());
        Assert.StartsWith(why, result.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(_playbook, "knowledge", "returns.md")));
        Assert.True(File.Exists(Path.Combine(_playbook, "knowledge", "drafts", "returns.md")));
    }

    [Fact]
    public async Task Activates_unmeasured_only_when_told_so()
    {
        File.Delete(Path.Combine(_playbook, "evals", "golden.jsonl"));
        await RunAsync("import", Export("""{"id": 7, "title": "Gift wrapping", "body": "<p>$4.50 each.</p>"}"""));

        var refused = await RunAsync("activate");
        var told = await RunAsync("activate", "gift-wrapping", "--unmeasured");

        Assert.Contains("nothing says whether they answer well", refused.Output, StringComparison.Ordinal);
        Assert.Equal((1, 0), (refused.ExitCode, told.ExitCode));
    }

    [Fact]
    public async Task Looks_on_schedule_while_a_server_runs_and_tells_what_came_of_it()
    {
        Export("""{"id": 7, "title": "Gift wrapping", "body": "<h2>Cost</h2><p>$4.50 each.</p>"}""");
        File.WriteAllText(Path.Combine(_playbook, "imports.yaml"), """
            every: 7d
            sources:
              - { name: helpdesk, kind: zendesk, path: ../articles.json, activate: true }
              - { name: lost, kind: html, path: ../nowhere }
            """);
        var file = Path.Combine(_root, "baton.db");
        await using (var services =
            await CliHost.BuildAsync(RunCommand.Options(_playbook, null, file, null, keeps: false)))
        {
            var schedule = ActivatorUtilities.CreateInstance<SyncSchedule>(services);
            var database = services.GetRequiredService<Database>();
            await schedule.StartAsync(Token);
            var due = database.Read(c => Timers.DueAt(c, SyncSchedule.Key, SyncSchedule.Kind));
            await schedule.StartAsync(Token);

            await schedule.SyncAsync(Token);

            Assert.Equal(due!.Value, database.Read(c => Timers.DueAt(c, SyncSchedule.Key, SyncSchedule.Kind))!.Value,
                TimeSpan.FromMinutes(10));
            var told = Assert.Single(database.Read(c => Notices.Open(c, 10))).Notice;
            Assert.Equal("A source of articles cannot be read", told.Title);
            Assert.Contains("helpdesk: 1 new", told.Text, StringComparison.Ordinal);
            Assert.Contains("active: gift-wrapping", told.Text, StringComparison.Ordinal);
        }
        var jobs = await BatonProgram.RunAsync("jobs", "list", "--db", file);
        Assert.Contains("schedule  knowledge_sync, next ", jobs.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_what_it_cannot_use()
    {
        var unknown = await RunAsync("import", Path.Combine(_root, "nowhere"));
        var kind = await RunAsync("import", Export("{}"), "--kind", "zendisk");
        var draft = await RunAsync("activate", "gifts");
        var sync = await RunAsync("sync");

        Assert.Contains("nowhere: no such file or folder", unknown.Errors, StringComparison.Ordinal);
        Assert.Contains("did you mean 'zendesk'?", kind.Errors, StringComparison.Ordinal);
        Assert.Contains("there is no draft 'gifts'", draft.Errors, StringComparison.Ordinal);
        Assert.Contains("there is no imports.yaml", sync.Errors, StringComparison.Ordinal);
    }

    /// <summary>Makes an article of the playbook one that was imported, and gives its text.</summary>
    private string Mark(string article, string id)
    {
        var path = Path.Combine(_playbook, "knowledge", $"{article}.md");
        var text = File.ReadAllText(path);
        var active = DraftFolder.Open(_playbook).Active(article)!;
        var digest = ArticleFile.Digest(active.Title, active.Body, active.Tags, active.Language);
        text = text.Replace("tags: [returns]\n",
            $"tags: [returns]\nimported: {{ source: helpdesk, id: \"{id}\", digest: \"{digest}\" }}\n");
        File.WriteAllText(path, text);
        return text;
    }

    private string Export(params string[] articles)
    {
        var file = Path.Combine(_root, "articles.json");
        File.WriteAllText(file, $$"""{"articles": [{{string.Join(',', articles)}}]}""");
        return file;
    }

    private Task<Ended> RunAsync(params string[] arguments) =>
        BatonProgram.RunAsync(["knowledge", .. arguments, "--playbook", _playbook]);
}
