using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Playbooks;

namespace Baton.Testing;

/// <summary>
/// Any number of tickets for a playbook, no text twice: an example of an intent, every other time a second one, between
/// an opening, an order number, a circumstance and an ending. The same number always gives the same tickets.
/// </summary>
public static class DistinctTickets
{
    private static readonly string[] Openings =
        ["", "Hello,\n\n", "Hi there. ", "Good morning. ", "To whom it may concern:\n", "Dear team,\n", "Hey! "];

    private static readonly string[] Circumstances =
    [
        "I ordered it {0} days ago.", "We leave on a trip in {0} days.", "There are {0} of us.",
        "It cost me about {0} euros.",
        "I have been a customer for {0} months.", "My neighbour waited {0} days for the same thing.",
        "My last note had {0} lines.",
        "I already wrote {0} times and got no reply.", "This is attempt number {0}, nobody answered.",
    ];

    private static readonly string[] Endings =
    [
        "", " Thanks in advance.", " Please answer soon.", " I need this today.", "\n\nBest regards",
        " Could you help?",
        " This is ridiculous.", " I am really happy with you otherwise.", " Otherwise I will call my lawyer.",
        " I would rather talk to a person.", " It is urgent!!", " PS: greetings from the mountains.",
    ];

    private static readonly string[] Channels = ["email", "chat", "web", "sms"];

    /// <summary>Lines of JSON for <c>baton run</c>.</summary>
    /// <param name="playbook">Whose intents are asked about.</param>
    /// <param name="prefix">Beginning of every ticket's id.</param>
    public static IEnumerable<string> Lines(Playbook playbook, int count, string prefix = "D")
    {
        var (random, seen) = (new Random(7), new HashSet<string>());
        var utterances = playbook.Intents.SelectMany(i => i.Examples).ToList();
        while (seen.Count < count)
        {
            var text = Text(utterances, random);
            if (!seen.Add(text)) continue;
            var i = seen.Count - 1;
            yield return new JsonObject
            {
                ["id"] = $"{prefix}-{i:000000}",
                ["channel"] = Pick(Channels, random),
                ["subject"] = random.Next(3) == 0 ? Pick(utterances, random) : null,
                ["customer"] = new JsonObject
                {
                    ["id"] = $"{prefix}-c{i % 997}", ["tier"] = Pick(playbook.CustomerTiers, random),
                        ["recent_tickets"] = random.Next(6),
                },
                ["body"] = text,
                ["created_at"] = "2026-11-03T15:00:00Z",
            }.ToJsonString();
        }
    }

    private static string Text(List<string> utterances, Random random)
    {
        var asked = Pick(utterances, random);
        if (random.Next(2) == 0) asked += ". " + Pick(utterances, random);
        var order = random.Next(2) == 0 ? $" The number is NW-{random.Next(10_000, 99_999)}." : "";
        var told = string.Format(CultureInfo.InvariantCulture, Pick(Circumstances, random), random.Next(2, 900));
        return $"{Pick(Openings, random)}{asked}.{order} {told}{Pick(Endings, random)}";
    }

    private static T Pick<T>(IReadOnlyList<T> from, Random random) => from[random.Next(from.Count)];
}
