using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Baton.Server.Tests.Processes;

/// <summary>The figures of labelled tickets are those of the script that others score Baton by.</summary>
public sealed class MeasuredAnswersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-answers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Measure_answers_gives_the_figures_of_the_script()
    {
        var script = Path.Combine(Root(), "..", "shared", "tools", "score_tickets.py");
        Assert.SkipUnless(File.Exists(script), $"{script} is not there");
        Assert.SkipUnless(await EndsAsync("python3", "--version") == 0, "python3 is not installed");
        var (playbook, tickets) = (Path.Combine(Root(), "playbooks", "northwind"), Path.Combine(_folder, "t.jsonl"));
        var (decisions, scored) = (Path.Combine(_folder, "d.jsonl"), Path.Combine(_folder, "f.json"));
        await File.WriteAllTextAsync(tickets, Tickets);

        var run = await BatonProgram.RunAsync("run", tickets, "--playbook", playbook, "--out", decisions);
        var measured = await BatonProgram.RunAsync(
            "measure", "answers", "--playbook", playbook, "--tickets", tickets, "--json");
        Assert.Equal(0, await EndsAsync("python3", script, tickets, decisions, "--json", scored));

        var ours = JsonNode.Parse(measured.Output)!.AsObject();
        var theirs = JsonNode.Parse(await File.ReadAllTextAsync(scored))!.AsObject();
        theirs.Remove("lists");
        Assert.All(theirs, figure => Same(figure.Value!, ours[figure.Key]!));
        Assert.NotNull(ours["curve"]);
        Assert.Contains("compared with what 6 of 6 tickets expect", run.Output, StringComparison.Ordinal);
    }

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Baton.slnx"))) at = at.Parent!;
        return at.FullName;
    }

    /// <summary>The script takes 1.96 for what is 1.95996: the third decimal of an interval may differ.</summary>
    private static void Same(JsonNode theirs, JsonNode ours)
    {
        if (theirs is JsonArray rate && rate.All(n => n is not null))
            Assert.All(rate.Zip(ours.AsArray()),
                p => Assert.Equal(p.First!.GetValue<double>(), p.Second!.GetValue<double>(), 0.0011));
        else if (theirs is JsonObject group && group.All(g => g.Value is JsonObject or JsonArray))
            Assert.All(group, g => Same(g.Value!, ours[g.Key]!));
        else Assert.True(JsonNode.DeepEquals(theirs, ours), $"{theirs.ToJsonString()} is not {ours.ToJsonString()}");
    }

    private static async Task<int> EndsAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }

    private const string Tickets = """
        {"id": "A-1", "channel": "chat", "customer": {"id": "c1", "tier": "free"}, "body": "What is your return policy?", "expect": {"outcome": "answer", "acceptable": [], "intent": "return_policy", "also_intents": [], "articles": ["returns#How long you have"], "must_say": [["60 days"]], "must_not_say": [], "route": "auto", "kind": "single"}}
        {"id": "A-2", "channel": "chat", "customer": {"id": "c2", "tier": "free"}, "body": "the stove exploded and burned my hand", "expect": {"outcome": "person", "acceptable": [], "intent": "injury_or_safety", "also_intents": [], "articles": [], "must_say": [], "must_not_say": [], "route": "human_now", "kind": "person"}}
        {"id": "A-3", "channel": "chat", "customer": {"id": "c3", "tier": "free"}, "body": "where is my order", "expect": {"outcome": "ask", "acceptable": [], "intent": "order_status", "also_intents": [], "articles": [], "must_say": [], "must_not_say": [], "route": "ask", "kind": "lookup"}}
        {"id": "A-4", "channel": "chat", "customer": {"id": "c4", "tier": "free"}, "body": "where is NW-10003", "expect": {"outcome": "answer", "acceptable": [], "intent": "order_status", "also_intents": ["delivery_date"], "articles": [], "must_say": [["nothing of the kind"]], "must_not_say": [], "route": "auto", "kind": "lookup"}}
        {"id": "A-5", "channel": "chat", "customer": {"id": "c5", "tier": "free"}, "body": "Guten Tag, ich möchte die Jacke umtauschen, die Größe passt nicht", "expect": {"outcome": "person", "acceptable": [], "intent": "exchange", "also_intents": [], "articles": [], "must_say": [], "must_not_say": [], "route": "l1", "kind": "person", "tags": ["foreign"]}}
        {"id": "A-6", "channel": "chat", "customer": {"id": "c6", "tier": "free"}, "body": "do you sell kites for surfing?", "expect": {"outcome": "answer", "acceptable": ["person"], "intent": "product_question", "also_intents": [], "articles": [], "must_say": [["kites"]], "must_not_say": [], "route": "l2", "acceptable_routes": ["l1"], "kind": "out_of_scope"}}

        """;
}
