using System.Text.Json.Nodes;

namespace Baton.Evaluation.Learning.Gaps;

/// <summary>A matter that customers ask for and no section answers.</summary>
/// <param name="Name">Its most typical question, redacted.</param>
/// <param name="Questions">Some of them, the most typical first.</param>
/// <param name="Deflects">Share of all tickets that a section on it would answer, with 95 %.</param>
internal sealed record KnowledgeGap(
    string Name, IReadOnlyList<string> Questions, IReadOnlyList<string> Tickets, double Deflects, Interval Between)
{
    /// <summary>The section that is nearest; null in a playbook without articles.</summary>
    public NearSection? Closest { get; init; }

    /// <summary>A section to start from; null where nobody has answered anything that holds for all.</summary>
    public DraftSection? Draft { get; init; }

    public JsonObject ToJson(int tickets) => new()
    {
        ["name"] = Name, ["size"] = Tickets.Count, ["deflects"] = new JsonObject
        {
            ["value"] = Rounded(Deflects), ["low"] = Rounded(Between.Low), ["high"] = Rounded(Between.High),
        },
        ["closest"] = Closest is null ? null : new JsonObject
        {
            ["article"] = Closest.Article, ["heading"] = Closest.Heading, ["similarity"] = Rounded(Closest.Similarity),
            ["lacks"] = Array(Closest.Lacks),
        },
        ["questions"] = Array(Questions), ["tickets"] = Array(Tickets.Take(tickets)),
        ["draft"] = Draft is null ? null : new JsonObject
        {
            ["heading"] = Draft.Heading, ["body"] = Draft.Body, ["questions"] = Array(Draft.Questions),
            ["from_answers"] = Draft.Answers,
        },
    };

    private static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);

    private static double Rounded(double value) => Math.Round(value, 4);
}

/// <summary>A section beside a gap.</summary>
/// <param name="Similarity">Mean cosine of the questions to what it says or is asked for.</param>
/// <param name="Lacks">Words of the questions that it does not have, most telling first.</param>
internal sealed record NearSection(string Article, string Heading, double Similarity, IReadOnlyList<string> Lacks);

/// <summary>A section made of sentences that people wrote.</summary>
/// <param name="Answers">How many replies it is taken from.</param>
internal sealed record DraftSection(string Heading, string Body, IReadOnlyList<string> Questions, int Answers);
