using System.Text.Json.Nodes;

namespace Baton.Benchmarks.Tau2;

/// <summary>A call of a task's gold answer or of a model's run.</summary>
internal sealed record TauCall(string Tool, JsonObject Inputs)
{
    /// <summary>What the customer wrote last before it; empty for gold answers.</summary>
    public string LastWords { get; init; } = "";

    /// <summary>Whether the benchmark's own system refused it, so that it had no effect.</summary>
    public bool WasRefused { get; init; }
}

/// <summary>A task with its calls in order.</summary>
/// <param name="Index">Place in its file: policies were written looking at the even ones.</param>
internal sealed record TauTask(string Id, int Index, IReadOnlyList<TauCall> Calls);

/// <summary>Reads the files of tau2 and tau_trajectories.</summary>
internal static class TauData
{
    public static Dictionary<string, JsonObject> Table(string path) => Lines(path).ToDictionary(
        l => l["key"]!.GetValue<string>(), l => l["value"]!.AsObject());

    /// <summary>The gold calls that the agent makes; what customers do on their own devices is left out.</summary>
    public static IReadOnlyList<TauTask> Gold(string path) =>
    [
        .. Lines(path).Select((task, i) => new TauTask(
            task["id"]!.ToString(), i,
            [
                .. (task["evaluation_criteria"]?["actions"] as JsonArray ?? []).OfType<JsonObject>()
                    .Where(a => a["requestor"]?.ToString() != "user")
                    .Select(a => new TauCall(a["name"]!.ToString(), a["arguments"]!.DeepClone().AsObject())),
            ])),
    ];

    /// <summary>The runs of a model that did not end in the state that the task wants.</summary>
    public static IReadOnlyList<TauTask> Failed(string path) =>
    [
        .. Lines(path).Where(run => !run["success"]!.GetValue<bool>())
            .Select((run, i) => new TauTask(run["id"]!.ToString(), i, [.. Calls(run["messages"]!.AsArray())])),
    ];

    public static IEnumerable<JsonObject> Lines(string path) =>
        File.ReadLines(path).Where(l => l.Length > 0).Select(l => JsonNode.Parse(l)!.AsObject());

    private static IEnumerable<TauCall> Calls(JsonArray messages)
    {
        var words = "";
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i]!;
            if (message["role"]!.ToString() == "user") words = message["text"]?.ToString() ?? "";
            foreach (var call in message["tool_calls"] as JsonArray ?? [])
                yield return new TauCall(
                    call!["name"]!.ToString(), JsonNode.Parse(call["arguments"]!.ToString())!.AsObject())
                {
                    LastWords = words,
                    WasRefused = i + 1 < messages.Count && (messages[i + 1]!["text"]?.ToString() ?? "")
                        .StartsWith("Error", StringComparison.OrdinalIgnoreCase),
                };
        }
    }
}
