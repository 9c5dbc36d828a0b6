using System.Text.Json;
using System.Xml.Linq;
using Baton.Server.Tests.Processes;
using Baton.Testing;
using Baton.Testing.StandIn;

namespace Baton.Server.Tests.Cli;

/// <summary><c>baton eval</c> as a pipeline calls it.</summary>
public sealed class EvalCommandTests : IDisposable
{
    private const string Golden = """
        {"id":"G-1","channel":"email","customer":{"id":"c1","tier":"free"},"body":"how long do I have to return something","expect":{"outcome":"answer","must_say":[["30 days"]],"kind":"single","intent":"return_policy"}}
        {"id":"G-2","channel":"chat","body":"let me talk to a human being","expect":{"outcome":"person","kind":"person"}}
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("baton-eval-").FullName;
    private readonly string _playbook;

    public EvalCommandTests()
    {
        _playbook = Path.Combine(_root, "playbook");
        // Sure of everything: what is answered depends on the articles alone.
        new PlaybookFiles()
            .Replace("playbook.yaml", "  triage_confidence: 0.70",
                "  triage_confidence: 0\n  decision_confidence: 0\n  answer_relevance: 0")
            .With("evals/golden.jsonl", Golden).WriteTo(_playbook);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Run_prints_json_and_writes_junit_and_a_page()
    {
        var (junit, html) = (Path.Combine(_root, "junit.xml"), Path.Combine(_root, "page.html"));

        var run = await RunAsync("run", "--runs", "2", "--json", "--junit", junit, "--html", html);

        Assert.True(run.ExitCode == 0, run.Errors);
        var json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal((2, 2), (json.GetProperty("n").GetInt32(), json.GetProperty("runs").GetInt32()));
        Assert.Equal("golden.jsonl", json.GetProperty("set").GetString());
        var metrics = json.GetProperty("metrics");
        Assert.Equal(0.5, metrics.GetProperty("answered_share").GetProperty("value").GetDouble());
        Assert.Equal(0, metrics.GetProperty("wrong_answers").GetProperty("value").GetDouble());
        Assert.Equal(1, metrics.GetProperty("faithfulness").GetProperty("value").GetDouble());
        Assert.Equal(1, metrics.GetProperty("pass^2").GetProperty("value").GetDouble());
        var slices = json.GetProperty("slices");
        Assert.Equal(1, slices.GetProperty("tier").GetProperty("free").GetProperty("n").GetInt32());
        Assert.Equal(1, slices.GetProperty("channel").GetProperty("chat").GetProperty("n").GetInt32());
        Assert.Equal(2, XDocument.Load(junit).Descendants("testcase").Count());
        Assert.Contains("wrong_answers", await File.ReadAllTextAsync(html), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- { metric: wrong_answers, at_most: 0.05 }", 0, "pass")]
    [InlineData("- { metric: answered_share, at_least: 0.9 }", 1, "fail")]
    [InlineData("- { metric: answered_share, at_least: 0.4, rule: lower_bound }", 3, "undecided")]
    public async Task Gate_ends_with_what_a_pipeline_asks_for(string gate, int code, string verdict)
    {
        File.WriteAllText(Path.Combine(_playbook, "evals", "gates.yaml"), $"gates:\n  {gate}\n");

        var run = await RunAsync("gate", "--json");

        Assert.True(run.ExitCode == code, $"{run.ExitCode}: {run.Output}{run.Errors}");
        Assert.Equal(verdict, JsonDocument.Parse(run.Output).RootElement.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Kept_runs_are_listed_compared_and_let_a_playbook_in()
    {
        File.WriteAllText(Path.Combine(_playbook, "evals", "gates.yaml"), "gates: [{ metric: wrong_answers, at_most: 0 }]\n");
        var database = Path.Combine(_root, "kept.db");

        var first = await RunAsync("gate", "--db", database);
        var article = Path.Combine(_playbook, "knowledge", "returns.md");
        File.WriteAllText(article, File.ReadAllText(article).Replace("30 days", "31 days", StringComparison.Ordinal));
        var second = await RunAsync("gate", "--db", database);
        var listed = await BatonProgram.RunAsync("eval", "history", "--db", database);
        var ids = listed.Output.Split('\n').Select(l => l.Trim().Split(' ')[0]).Where(w => w.Length == 32).ToList();
        var diff = await BatonProgram.RunAsync("eval", "diff", ids[1], ids[0], "--db", database);

        Assert.Equal((0, 1), (first.ExitCode, second.ExitCode));
        Assert.Contains("- G-1", diff.Output, StringComparison.Ordinal);
        Assert.Contains("1 tickets differ: 0 better, 1 worse", diff.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_prints_the_stack_of_each_file_of_models_and_warns_of_a_dear_tier()
    {
        var playbooks = Path.Combine(Repository(), "playbooks");
        await using var server = await StandInServer.StartAsync(StandInScript.Parse(
            await File.ReadAllTextAsync(Path.Combine(playbooks, "models", "stand-in.json"))));
        var models = (await File.ReadAllTextAsync(Path.Combine(playbooks, "models", "stand-in.yaml")))
            .Replace("http://127.0.0.1:5290", server.Address.ToString().TrimEnd('/'));
        var (cheap, dear) = (Path.Combine(_root, "cheap.yaml"), Path.Combine(_root, "dear.yaml"));
        await File.WriteAllTextAsync(cheap, models);
        await File.WriteAllTextAsync(dear, models.Replace("input: 0.20, cached_input: 0.10, output: 0.80", "input: 2, output: 8"));

        var run = await BatonProgram.RunAsync(
            "eval", "compare", "--models", $"none,{cheap},{dear}", "--playbook", _playbook, "--json");
        var warned = await BatonProgram.RunAsync("eval", "compare", "--models", dear, "--playbook", _playbook);

        Assert.True(run.ExitCode == 0, run.Errors);
        var stacks = JsonDocument.Parse(run.Output).RootElement.EnumerateArray().ToList();
        Assert.Equal(["none", "cheap", "dear"], stacks.Select(s => s.GetProperty("models").GetString()));
        Assert.True(stacks[0].GetProperty("share_per_tier").EnumerateObject().All(t => t.Name is "rules" or "local"));
        Assert.Contains(stacks[1].GetProperty("share_per_tier").EnumerateObject(), t => t.Name is "commodity" or "reasoning");
        Assert.True(stacks[1].GetProperty("tier_price_ratio").GetDouble() > 3);
        Assert.Contains("does not pay", warned.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_judge_by_criteria_and_are_held_against_people()
    {
        var script = (await File.ReadAllTextAsync(Path.Combine(Repository(), "playbooks", "models", "stand-in.json")))
            .Replace("\"rules\": [", """
                "rules": [
                { "system_contains": "You judge how a support desk", "answer": { "json": { "score": 4, "reasoning": "fine" } } },
                """);
        await using var server = await StandInServer.StartAsync(StandInScript.Parse(script));
        var models = Path.Combine(_root, "models.yaml");
        await File.WriteAllTextAsync(models,
            (await File.ReadAllTextAsync(Path.Combine(Repository(), "playbooks", "models", "stand-in.yaml")))
            .Replace("http://127.0.0.1:5290", server.Address.ToString().TrimEnd('/')));
        File.WriteAllText(Path.Combine(_playbook, "evals", "anchor.jsonl"),
            """{"criterion": "tone", "question": "hi", "answer": "Hello!", "score": 5}""" + "\n");

        var run = await RunAsync("run", "--models", models, "--judge", "tone", "--judge-samples", "2", "--json");
        var without = await RunAsync("run", "--judge", "tone", "--json");

        Assert.True(run.ExitCode == 0, run.Errors);
        var json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(0.75, json.GetProperty("metrics").GetProperty("judge_tone").GetProperty("value").GetDouble());
        Assert.Equal(-1, json.GetProperty("judges").GetProperty("tone").GetProperty("anchor").GetProperty("bias").GetDouble());
        Assert.Contains("stand in for judges", without.Errors, StringComparison.Ordinal);
    }

    private Task<Ended> RunAsync(string verb, params string[] arguments) =>
        BatonProgram.RunAsync(["eval", verb, "--playbook", _playbook, .. arguments]);

    private static string Repository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Baton.slnx"))) return at.FullName;
        throw new DirectoryNotFoundException("there is no Baton.slnx above the tests");
    }
}
