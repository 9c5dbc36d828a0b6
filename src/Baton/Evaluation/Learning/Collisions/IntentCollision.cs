using System.Text.Json.Nodes;

namespace Baton.Evaluation.Learning.Collisions;

/// <summary>An example that is read as another intent by a model that has not seen it.</summary>
internal sealed record MisreadSentence(string Text, string Labelled, string Read, double Confidence);

/// <summary>Two intents that are taken for each other.</summary>
/// <param name="Sentences">Examples at fault, the surest mistakes first.</param>
/// <param name="Examples">Of both.</param>
/// <param name="Traffic">Share of the tickets that were read as one of them.</param>
/// <param name="Misread">Share of all tickets that separating them would put right, with 95 %.</param>
internal sealed record IntentCollision(
    string One, string Other, IReadOnlyList<MisreadSentence> Sentences, int Examples, double Traffic, double Misread,
    Interval Between)
{
    /// <summary>Sentences of an intent for people that are read as one that automation may answer.</summary>
    public int PersonMissed { get; init; }

    /// <summary>Whether it is worth somebody's look: a single sentence is none, unless it was for a person.</summary>
    public bool IsPattern => Sentences.Count > 1 || PersonMissed > 0;

    public JsonObject ToJson() => new()
    {
        ["one"] = One, ["other"] = Other, ["misread"] = Sentences.Count, ["examples"] = Examples,
        ["person_missed"] = PersonMissed,
        ["traffic"] = Math.Round(Traffic, 4), ["separating_brings"] = new JsonObject
        {
            ["value"] = Math.Round(Misread, 4), ["low"] = Math.Round(Between.Low, 4), ["high"] = Math.Round(Between.High, 4),
        },
        ["sentences"] = new JsonArray([.. Sentences.Select(s => new JsonObject
        {
            ["text"] = s.Text, ["labelled"] = s.Labelled, ["read"] = s.Read, ["confidence"] = Math.Round(s.Confidence, 3),
        })]),
    };
}
