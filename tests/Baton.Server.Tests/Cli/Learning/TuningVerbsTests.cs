using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Server.Tests.Processes;
using Baton.Testing;

namespace Baton.Server.Tests.Cli.Learning;

/// <summary><c>tune</c>, <c>readiness</c>, <c>pilot</c> and the versions of playbooks as people call them.</summary>
public sealed class TuningVerbsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("baton-tuning-").FullName;
    private readonly string _playbook;

    public TuningVerbsTests()
    {
        _playbook = Path.Combine(_root, "playbook");
        new PlaybookFiles().With("evals/golden.jsonl", """
            {"id":"G-1","body":"how long do I have to return something","expect":{"outcome":"answer","must_say":[["30 days"]]}}

            """).WriteTo(_playbook);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Tune_refuses_too_little_data_and_changes_nothing()
    {
        var before = File.ReadAllText(Path.Combine(_playbook, "playbook.yaml"));

        var tuned = await BatonProgram.RunAsync("tune", "--playbook", _playbook, "--json");
        var unknown = await BatonProgram.RunAsync("tune", "--playbook", _playbook, "--threshold", "anwser");

        Assert.Equal(3, tuned.ExitCode);
        Assert.Equal("1 labelled tickets: 149 more are the least to tune on",
            JsonDocument.Parse(tuned.Output).RootElement[0].GetProperty("refused").GetString());
        Assert.Contains("did you mean 'answer'", unknown.Errors, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(_playbook, "playbook.yaml")));
    }

    [Fact]
    public async Task Readiness_says_no_to_a_small_team_and_projects_what_would_be_answered()
    {
        var history = Path.Combine(_root, "history.jsonl");
        File.WriteAllLines(history, Enumerable.Range(0, 150).Select(i => new JsonObject
        {
            ["id"] = $"T-{i}", ["channel"] = "email", ["created_at"] = DateTimeOffset.UnixEpoch.AddDays(i).ToString("O"),
            ["messages"] = new JsonArray(new JsonObject { ["from"] = "customer", ["text"] = "how long do I have to return something" }),
            ["history"] = new JsonObject { ["final_route"] = i % 2 == 0 ? "l1" : "l2", ["rule_route"] = "l2" },
        }.ToJsonString()));

        var said = await BatonProgram.RunAsync("readiness", history, "--playbook", _playbook, "--json");
        var shown = await BatonProgram.RunAsync("readiness", history);

        Assert.True(said.ExitCode == 0, said.Errors);
        var json = JsonDocument.Parse(said.Output).RootElement;
        Assert.Equal("no", json.GetProperty("verdict").GetString());
        Assert.Equal(1.0, json.GetProperty("per_day").GetDouble(), 1);
        Assert.Equal(150, json.GetProperty("answered_projected").GetProperty("n").GetInt32());
        Assert.Equal(0.5, json.GetProperty("before").GetProperty("false_escalations").GetProperty("value").GetDouble());
        Assert.StartsWith("NO: this team should not use Baton", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_are_listed_put_into_force_with_a_reason_and_rolled_back()
    {
        using var place = new Place();
        var database = place.Database;
        using (await ServerProcess.StartAsync(place)) { }
        var main = Path.Combine(place.Playbook, "playbook.yaml");
        File.WriteAllText(main, File.ReadAllText(main)
            .Replace("triage_confidence: 0.05", "triage_confidence: 0.06", StringComparison.Ordinal));
        using (await ServerProcess.StartAsync(place, "known")) { }

        var history = await BatonProgram.RunAsync("playbook", "history", "--db", database);
        var back = await BatonProgram.RunAsync("playbook", "rollback", "--why", "it was worse", "--by", "Ann", "--db", database);
        var after = await BatonProgram.RunAsync("playbook", "history", "--db", database);
        var none = await BatonProgram.RunAsync("playbook", "activate", "ffffff", "--db", database);
        var pilot = await BatonProgram.RunAsync("pilot", "status", "--db", database, "--playbook", _playbook);

        Assert.Contains("folder", history.Output, StringComparison.Ordinal);
        Assert.True(back.ExitCode == 0, back.Errors);
        Assert.Contains("it was worse", after.Output, StringComparison.Ordinal);
        Assert.Contains("no version begins with ffffff", none.Errors, StringComparison.Ordinal);
        Assert.Contains("week 2 fails: 1 golden tickets, 199 more are needed", pilot.Output, StringComparison.Ordinal);
    }
}
