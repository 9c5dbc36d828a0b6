using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Conversations.Judging;
using Baton.Evaluation.Learning.Suggesting;
using Baton.Server.Cli.Learning;
using Baton.Server.Tests.Processes;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Testing;

namespace Baton.Server.Tests.Cli.Learning;

/// <summary>
/// What people call to learn from their tickets: labels out and in, ratings beside a metric, decisions made again,
/// gaps,
/// suggestions and their patch. All on one database.
/// </summary>
public sealed class LearningVerbsTests : IDisposable
{
    private static readonly string[] Asked =
    [
        "how long do I have to return something", "how many days do I have to return a purchase",
        "please change the size in my order", "has my parcel shipped yet",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly string _root = Directory.CreateTempSubdirectory("baton-learning-").FullName;
    private readonly string _playbook, _database;

    public LearningVerbsTests()
    {
        (_playbook, _database) = (Path.Combine(_root, "playbook"), Path.Combine(_root, "run.db"));
        new PlaybookFiles().AnsweringReturns()
            .Replace("intents/change_order.yaml", "class: agent", "class: agent\nqueue: l2").WriteTo(_playbook);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Labels_calibrates_replays_and_makes_a_patch_of_what_people_did()
    {
        var tickets = Path.Combine(_root, "tickets.jsonl");
        File.WriteAllLines(tickets, Asked.Select((text, i) => new JsonObject { ["id"] = $"T-{i}", ["body"] = text }.ToJsonString()));
        await RunAsync("run", tickets, "--playbook", _playbook, "--db", _database);
        await AppendAsync("T-0", new ConversationEvent.Rated(5, null));
        await AppendAsync("T-3", new ConversationEvent.Rerouted("l1", "l2", "omar", "ours", RerouteReason.WrongTeam));

        // Labels go in by a set and come out as one.
        var set = Path.Combine(_root, "labels.jsonl");
        File.WriteAllLines(set,
        [
            """{"id":"T-0","body":"x","expect":{"outcome":"answer"}}""",
            """{"id":"T-2","body":"x","expect":{"outcome":"person"}}""",
            """{"id":"elsewhere","body":"x","expect":{"outcome":"person"}}""",
        ]);
        var taken = await RunAsync("eval", "labels", set, "--db", _database);
        var labels = Lines(await RunAsync("eval", "labels", "--db", _database));
        Assert.Contains("2 of 3 labels are of tickets in this database", taken, StringComparison.Ordinal);
        Assert.Equal(["T-0 answer", "T-2 person"], labels.Select(l => $"{l["id"]} {l["expect"]!["outcome"]}").Order());
        Assert.Contains(labels, l => l["body"]!.ToString() == Asked[0]);
        var proposed = Lines(await RunAsync("eval", "grow", "--db", _database, "--tickets", "5"));
        Assert.Equal(["T-1", "T-3"], proposed.Select(p => p["id"]!.ToString()).Order());
        Assert.Contains(proposed, p => p["retrieved"]!.AsArray().Count > 0 || p["escalated"]!.GetValue<bool>());

        // Ratings beside a metric.
        var bars = Json(await RunAsync("eval", "calibrate", "--db", _database, "--playbook", _playbook, "--json"));
        Assert.Equal(1, bars["rated"]!.GetValue<int>());
        Assert.False(bars["enough"]!.GetValue<bool>());
        Assert.Contains(bars["bars"]!.AsArray(), b => b!["above"]![1]!.GetValue<int>() + b["below"]![1]!.GetValue<int>() == 1);
        var wrong = await BatonProgram.RunAsync("eval", "calibrate", "--metric", "tone", "--db", _database);
        Assert.Contains("--metric 'tone' is no share of answers", wrong.Errors, StringComparison.Ordinal);

        // The same playbook changes nothing; another rule changes what it matches.
        var same = Json(await RunAsync("replay", "--playbook", _playbook, "--db", _database, "--json"));
        Assert.Equal((4, 0), (same["replayed"]!.GetValue<int>(), same["changed"]!.GetValue<int>()));
        var other = Path.Combine(_root, "other");
        new PlaybookFiles().AnsweringReturns()
            .Replace("intents/change_order.yaml", "class: agent", "class: agent\nqueue: l2")
            .Replace("escalation.yaml", "rules:\n", "rules:\n  - name: returns-by-people\n    when: intent == return_policy\n    then: { route: l1 }\n")
            .WriteTo(other);
        var changed = Json(await RunAsync("replay", "--playbook", other, "--db", _database, "--json"));
        Assert.Equal("returns-by-people", changed["changes"]![0]!["by"]!.ToString());
        Assert.Contains("T-0", changed["changes"]![0]!["tickets"]!.AsArray().Select(t => t!.ToString()));

        // What people did becomes a patch, and the folder stays as it is.
        Assert.NotNull(Json(await RunAsync("knowledge", "gaps", "--playbook", _playbook, "--db", _database, "--json"))["gaps"]);
        await RunAsync("suggestions", "find", "--playbook", _playbook, "--db", _database);
        var open = JsonNode.Parse(await RunAsync("suggestions", "list", "--db", _database, "--json"))!.AsArray();
        var example = open.Single(s => s!["kind"]!.ToString() == "example")!;
        await RunAsync("suggestions", "accept", example["id"]!.ToString(), "--text", "I want another kettle", "--by", "Ann", "--db", _database);
        var patch = await RunAsync("suggestions", "patch", "--playbook", _playbook, "--db", _database, "--unmeasured");
        Assert.Contains($"+++ b/intents/{example["target"]}.yaml", patch, StringComparison.Ordinal);
        Assert.Contains("+  - \"I want another kettle\"", patch, StringComparison.Ordinal);
        Assert.DoesNotContain("kettle", File.ReadAllText(Path.Combine(_playbook, "intents", "change_order.yaml")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("answer", 0)]
    [InlineData("person", 1)]
    public async Task What_is_accepted_is_trained_on_a_copy_and_must_come_out_as_well(string due, int code)
    {
        // A golden ticket that is answered right today, and one that the new question would take from its person.
        const string Kettle = "how long do I have to swap my kettle";
        Directory.CreateDirectory(Path.Combine(_playbook, "evals"));
        File.WriteAllLines(Path.Combine(_playbook, "evals", "golden.jsonl"),
        [
            """{"id":"G-1","body":"how long do I have to return something","expect":{"outcome":"answer"}}""",
            $$$"""{"id":"G-2","body":"{{{Kettle}}}","expect":{"outcome":"{{{due}}}","acceptable":["person"]}}""",
        ]);
        await using (var database = Database.Open(new DatabaseOptions { Path = _database }, TimeProvider.System))
            await LearningVerbs.Store(database).TakeAsync(
                [new LearntSuggestion(SuggestionKind.Question, "returns#How long you have to return something", Kettle,
                    "no person was needed", ["T-1"])], Token);
        var id = JsonNode.Parse(await RunAsync("suggestions", "list", "--db", _database, "--json"))![0]!["id"]!.ToString();
        await RunAsync("suggestions", "accept", id, "--by", "Ann", "--db", _database);
        var before = Snapshot();

        var made = await BatonProgram.RunAsync("suggestions", "patch", "--playbook", _playbook, "--db", _database);

        Assert.True(made.ExitCode == code, made.Output + made.Errors);
        Assert.Equal(code == 0, made.Output.Contains("+++ b/", StringComparison.Ordinal));
        if (code == 0) Assert.Contains("+++ b/knowledge/questions/returns.yaml", made.Output, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    private string Snapshot() => string.Join('\n', Directory.EnumerateFiles(_playbook, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(f => f + File.ReadAllText(f)));

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var done = await BatonProgram.RunAsync(arguments);
        Assert.True(done.ExitCode == 0, $"{string.Join(' ', arguments)}: {done.Errors}");
        return done.Output;
    }

    private async Task AppendAsync(string ticket, ConversationEvent fact)
    {
        await using var database = Database.Open(new DatabaseOptions { Path = _database }, TimeProvider.System);
        await database.WriteAsync(t => Ledger.Extend(
            t, ticket, new NewEvent(ConversationJson.TypeOf(fact), TimeProvider.System.GetUtcNow(),
                ConversationJson.Write(fact))));
    }

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private static List<JsonObject> Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject())];
}
