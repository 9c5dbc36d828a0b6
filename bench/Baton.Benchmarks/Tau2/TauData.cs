using System.Text.Json.Nodes;
using Baton.Text;

namespace Baton.Benchmarks.Tau2;

/// <summary>A call of a task's gold answer or of a model's run.</summary>
internal sealed record TauCall(string Tool, JsonObject Inputs)
{
    /// <summary>What the customer wrote last before it; empty for gold answers.</summary>
    public string LastWords { get; init; } = "";

    /// <summary>
    /// Whether the customer's last words are a plain yes, as the product reads it. Gold answers have no words: there
    /// the customer counts as asked and agreed.
    /// </summary>
    public bool Agreed { get; init; } = true;

    /// <summary>Whether the customer does it themselves: it changes the records, and nobody decides it.</summary>
    public bool ByCustomer { get; init; }

    /// <summary>Whether the benchmark's own system refused it, so that it had no effect.</summary>
    public bool WasRefused { get; init; }
}

/// <summary>A task with its calls in order.</summary>
/// <param name="Index">Place in its file: policies were written looking at the even ones.</param>
internal sealed record TauTask(string Id, int Index, IReadOnlyList<TauCall> Calls)
{
    /// <summary>What the customer knows and wants; empty for runs of a model.</summary>
    public string Story { get; init; } = "";

    /// <summary>Rows that the task has in the domain's tables, by table; null for none.</summary>
    public JsonObject? Start { get; init; }
}

/// <summary>Reads the files of tau2 and tau_trajectories.</summary>
internal static class TauData
{
    public static Dictionary<string, JsonObject> Table(string path) => Lines(path).ToDictionary(
        l => l["key"]!.GetValue<string>(), l => l["value"]!.AsObject());

    /// <summary>The gold calls, those of customers on their own devices marked so.</summary>
    public static IReadOnlyList<TauTask> Gold(string path) =>
    [
        .. Lines(path).Select((task, i) => new TauTask(
            task["id"]!.ToString(), i,
            [
                .. (task["evaluation_criteria"]?["actions"] as JsonArray ?? []).OfType<JsonObject>()
                    .Select(Expected),
            ])
        {
            Start = task["initial_state"]?["initialization_data"]?["agent_data"] as JsonObject,
            Story = string.Join('\n', (task["user_scenario"]?["instructions"] as JsonObject ?? [])
                .Where(i => i.Value is not null).Select(i => $"{i.Key.Replace('_', ' ')}: {i.Value}")),
        }),
    ];

    /// <summary>The written policy of a domain.</summary>
    public static string Policy(string folder, string domain) => Lines(Path.Combine(folder, "policies.jsonl"))
        .First(l => l["domain"]!.ToString() == domain && l["name"]!.ToString() == "policy.md")["text"]!.ToString();

    /// <summary>The runs of a model that ended in the state that the task wants, or did not.</summary>
    public static IReadOnlyList<TauTask> Runs(string path, bool success) =>
    [
        .. Lines(path).Where(run => run["success"]!.GetValue<bool>() == success)
            .Select(run => new TauTask(
                run["id"]!.ToString(), int.Parse(run["task_id"]!.ToString()), [.. Calls(run["messages"]!.AsArray())])),
    ];

    public static IEnumerable<JsonObject> Lines(string path) =>
        File.ReadLines(path).Where(l => l.Length > 0).Select(l => JsonNode.Parse(l)!.AsObject());

    /// <summary>A gold call; through the bank's door to named tools, it is the call of the named one.</summary>
    private static TauCall Expected(JsonObject action)
    {
        var (name, inputs) = (action["name"]!.ToString(), action["arguments"]!.DeepClone().AsObject());
        var named = inputs["agent_tool_name"] ?? inputs["discoverable_tool_name"];
        var call = new TauCall(name, inputs);
        if (name.StartsWith("call_discoverable", StringComparison.Ordinal))
            call = new TauCall(
                named!.ToString(), JsonNode.Parse(inputs["arguments"]?.ToString() ?? "{}")!.AsObject());
        // An argument of null is one that was not given.
        string[] missing = [.. call.Inputs.Where(i => i.Value is null).Select(i => i.Key)];
        foreach (var input in missing) call.Inputs.Remove(input);
        return call with { ByCustomer = action["requestor"]?.ToString() == "user" };
    }

    private static IEnumerable<TauCall> Calls(JsonArray messages)
    {
        var (words, shown, said) = ("", "", "");
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i]!;
            if (message["role"]!.ToString() == "user") (words, shown) = (message["text"]?.ToString() ?? "", said);
            if (message["role"]!.ToString() == "assistant" && message["text"]?.ToString() is { Length: > 0 } text)
                said = text;
            foreach (var call in message["tool_calls"] as JsonArray ?? [])
                yield return new TauCall(
                    call!["name"]!.ToString(), JsonNode.Parse(call["arguments"]!.ToString())!.AsObject())
                {
                    LastWords = words, Agreed = PlainYes.Is(words, shown),
                    WasRefused = i + 1 < messages.Count && (messages[i + 1]!["text"]?.ToString() ?? "")
                        .StartsWith("Error", StringComparison.OrdinalIgnoreCase),
                };
        }
    }
}
