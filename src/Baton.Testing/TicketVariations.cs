using System.Text.Json.Nodes;
using Baton.Playbooks;

namespace Baton.Testing;

/// <summary>
/// Any number of tickets for a playbook: its samples with other openings and endings, in turn with the example
/// utterances of its intents. The same number always gives the same tickets.
/// </summary>
public static class TicketVariations
{
    private static readonly string[] Openings =
        ["", "Hello,\n\n", "Hi there. ", "Good morning. ", "To whom it may concern:\n"];

    private static readonly string[] Endings =
        ["", " Thanks in advance.", " Please answer soon.", " I need this today.", "\n\nBest regards",
            " Could you help?", " This is ridiculous."];

    private static readonly string[] Channels = ["email", "chat", "web"];

    /// <summary>Lines of JSON for <c>baton run</c>.</summary>
    /// <param name="directory">A playbook with <c>samples/tickets.jsonl</c>.</param>
    /// <exception cref="InvalidOperationException">The playbook is not valid.</exception>
    public static IEnumerable<string> Lines(string directory, int count)
    {
        var playbook = PlaybookLoader.Load(directory) is LoadedPlaybook.Valid valid
            ? valid.Playbook
            : throw new InvalidOperationException($"{directory} is not a valid playbook");
        var samples = File.ReadAllLines(Path.Combine(directory, "samples", "tickets.jsonl")).Where(l => l.Length > 0)
            .ToList();
        var utterances = playbook.Intents.SelectMany(i => i.Examples).ToList();
        for (var i = 0; i < count; i++)
        {
            var ticket = i % 2 == 0
                ? JsonNode.Parse(samples[i / 2 % samples.Count])!.AsObject()
                : Plain(playbook, utterances[i * 7 % utterances.Count], i);
            ticket["id"] = $"V-{i:00000}";
            if (ticket["body"] is { } body)
                ticket["body"] = Openings[i % Openings.Length] + body + Endings[i / 2 % Endings.Length];
            yield return ticket.ToJsonString();
        }
    }

    private static JsonObject Plain(Playbook playbook, string text, int i) => new()
    {
        ["channel"] = Channels[i % Channels.Length],
        ["customer"] = new JsonObject
        {
            ["id"] = $"V-{i % 97}", ["tier"] = playbook.CustomerTiers[i % playbook.CustomerTiers.Count],
        },
        ["body"] = text,
        ["created_at"] = "2026-11-03T15:00:00Z",
    };
}
